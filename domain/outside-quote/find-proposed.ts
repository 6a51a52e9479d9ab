import type { Reader } from '../../lib/db.js'

/** The message in which the archive last shows a price for this lead; one that was taken back since names none. */
export async function findProposed(db: Reader, opportunityId: string): Promise<string | null> {
  const rows = await db.outsideQuote.findMany({
    where: { opportunityId, state: 'proposed', messageId: { not: null } },
    orderBy: { at: 'desc' },
    select: { messageId: true },
  })
  const ids = rows.flatMap(({ messageId }) => messageId ?? [])
  const standing = await db.message.findMany({ where: { id: { in: ids }, revokedAt: null }, select: { id: true } })
  return ids.find((id) => standing.some((message) => message.id === id)) ?? null
}
