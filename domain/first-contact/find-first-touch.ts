import type { Reader } from '../../lib/db.js'

/**
 * The first moment with a contact, as all that is known of them says: who of ours it was, from which source, by which channel
 * and when we heard of it. `isHistory`: they were known before we were connected, or words were exchanged of which no touch
 * was noted (an older release heard them). Null: nobody of ours is known to have had to do with them.
 */
export async function findFirstTouch(db: Reader, contactId: string) {
  // Of one moment told by two sources the more telling counts: an add, then a call, then words.
  const order = [{ at: 'asc' as const }, { source: 'asc' as const }, { id: 'asc' as const }]
  const first = await db.touch.findFirst({ where: { contactId, personId: { not: null } }, orderBy: order })
  if (!first?.personId) return null
  const history = await db.touch.findFirst({ where: { contactId, backfilled: true }, select: { id: true } })
  const words = await db.message.findFirst({
    where: { contactId, source: 'archive', groupId: null, saidAt: { lt: first.at } },
    select: { id: true },
  })
  // A call has no channel; the scan that followed it says by which they came.
  const scanned = first.channel
    ? first
    : await db.touch.findFirst({ where: { contactId, channel: { not: null } }, orderBy: order, select: { channel: true } })
  const heard = await db.touch.aggregate({ where: { contactId }, _min: { heardAt: true } })
  const { personId, source, at } = first
  return {
    ...{ personId, source, at },
    channel: scanned?.channel ?? null,
    heardAt: heard._min.heardAt ?? first.heardAt,
    isHistory: history !== null || words !== null,
  }
}
