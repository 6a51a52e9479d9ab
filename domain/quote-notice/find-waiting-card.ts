import type { Reader } from '../../lib/db.js'
import { sendKey } from '../card/queue-copies.js'

/** A card about openings that has not left yet and won't for a while. */
export async function findWaitingCard(db: Reader, personId: string, now: Date): Promise<boolean> {
  const copies = await db.cardCopy.findMany({
    where: { personId, state: 'queued', card: { kind: 'quote-opened' } },
    select: { id: true },
  })
  if (copies.length === 0) return false
  const soon = new Date(now.getTime() + 60_000)
  const rows = await db.outbox.count({
    where: { kind: 'send-card', key: { in: copies.map(({ id }) => sendKey(id)) }, state: 'open', notBefore: { gt: soon } },
  })
  return rows > 0
}
