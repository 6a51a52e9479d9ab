import type { OutboxState, Reader } from '../lib/db.js'
import { Refused } from '../lib/errors.js'
import { record } from './audit/record.js'
import type { Actor } from './person/actor.js'
import type { Work } from './work.js'

const MOST = 200

/** What could not be handled, newest first. Bodies stay inside: they hold people's words. */
export const listParked = async (db: Reader) => {
  const rows = await db.inbox.findMany({
    where: { state: 'parked' },
    orderBy: { seq: 'desc' },
    take: MOST,
    select: { seq: true, source: true, lane: true, reason: true, attempts: true, receivedAt: true, trace: true },
  })
  return rows.map((row) => ({ ...row, seq: String(row.seq) }))
}

/** What did not go out, and what may or may not have. */
export const listOutbox = async (db: Reader, state: OutboxState) => {
  const rows = await db.outbox.findMany({
    where: { state },
    orderBy: { id: 'desc' },
    take: MOST,
    select: { id: true, kind: true, lane: true, reason: true, attempts: true, createdAt: true, trace: true },
  })
  return rows.map((row) => ({ ...row, id: String(row.id) }))
}

/** After a fix: the row is taken again as if it had just been heard. */
export async function replayParked(work: Work, actor: Actor, seq: bigint): Promise<{ lane: string }> {
  const { count } = await work.tx.inbox.updateMany({
    where: { seq, state: 'parked' },
    data: { state: 'open', attempts: 0, notBefore: null, reason: null },
  })
  if (count === 0) throw new Refused('not-parked', '这一条不在待处理里', 409)
  const row = await work.tx.inbox.findUniqueOrThrow({ where: { seq }, select: { lane: true } })
  await record(work, { actor: actor.personId, verb: 'inbox-replayed', subject: `inbox:${seq}`, content: {} })
  return row
}
