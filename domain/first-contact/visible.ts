import type { Prisma, Reader } from '../../lib/db.js'
import { type Actor, contactVisibleTo, visibleTo } from '../person/actor.js'
import { KIND } from './clock.js'

/** Who sees a first contact: whose it is, who sees the contact, who was handed the reminder of it and who closed it. */
export async function firstContactVisibleTo(db: Reader, actor: Actor): Promise<Prisma.FirstContactWhereInput> {
  if (Object.keys(visibleTo(actor)).length === 0) return {}
  const held = await db.reminder.findMany({
    where: { personId: actor.personId, kind: KIND, state: 'open' },
    select: { subject: true },
  })
  const ids = held.map(({ subject }) => subject.slice(subject.indexOf(':') + 1))
  const { personId } = actor
  const own = [{ personId }, { closedById: personId }, { id: { in: ids } }, { contact: contactVisibleTo(actor) }]
  if (actor.roles.includes('lead') && actor.teamId) return { OR: [...own, { person: { teamId: actor.teamId } }] }
  return { OR: own }
}
