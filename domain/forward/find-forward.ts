import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import type { Actor } from '../person/actor.js'
import type { ForwardBrief } from './forward.contract.js'

const GOOD_FOR_MS = 7 * 24 * 3_600_000
const MOST_LISTED = 20

export const oldestForward = (now: Date): Date => new Date(now.getTime() - GOOD_FOR_MS)

type Kept = { id: string; text: string; at: Date; usedAt: Date | null }

/** One's own only: what was sent to the robot is nobody else's to read. Throws when there is none. */
export async function getForward(db: Reader, actor: Actor, { id, now }: { id: string; now: Date }): Promise<Kept> {
  const row = await db.forward.findFirst({ where: { id, personId: actor.personId, at: { gte: oldestForward(now) } } })
  if (!row) throw new Refused('no-forward', '这段话过了七天，已经删掉了', 404)
  return row
}

/** What still waits to be told whose it is, the newest first. */
export async function listForwards(db: Reader, actor: Actor, now: Date): Promise<ForwardBrief[]> {
  const rows = await db.forward.findMany({
    where: { personId: actor.personId, usedAt: null, at: { gte: oldestForward(now) } },
    orderBy: { at: 'desc' },
    take: MOST_LISTED,
  })
  return rows.map(({ id, text, at }) => ({ id, text, at: at.toISOString() }))
}
