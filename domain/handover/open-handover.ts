import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import type { Actor } from '../person/actor.js'

/** The newest handover of somebody who left, for who sees to it, managers and administrators. */
export async function findHandover(db: Reader, actor: Actor, personId: string) {
  const handover = await db.handover.findFirst({
    where: { personId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    include: { person: { select: { id: true, name: true } }, to: { select: { id: true, name: true, roles: true } } },
  })
  const above = actor.roles.includes('manager') || actor.roles.includes('admin')
  if (!handover || !(above || handover.toId === actor.personId))
    throw new Refused('no-such-handover', '没有这次交接，或者它不归你看', 404)
  return handover
}

/** Customers that the leaver still owns, and those that were given away from this handover. */
export const customersOf = (handover: { id: string; personId: string; closedAt: Date | null }) => ({
  OR: [
    // Who came back has theirs again.
    ...(handover.closedAt ? [] : [{ ownerId: handover.personId }]),
    { gifts: { some: { handoverId: handover.id, undoneAt: null } } },
  ],
})
