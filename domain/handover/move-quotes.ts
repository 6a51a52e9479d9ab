import type { Work } from '../work.js'
import { holdCopy } from './move-asks.js'
import type { Moved, Passing } from './passing.js'

/** Before anything else of the leaver is held: whoever sends a quote holds it first, and then the reminders that end with it. */
export const holdQuotes = (work: Work, personId: string): Promise<unknown> =>
  work.tx.$queryRaw`SELECT 1 FROM quote WHERE owner_id = ${personId}::uuid ORDER BY id FOR UPDATE`

/** Quotes that are written or waited for; one that is settled stays with who settled it. */
export async function moveQuotes(work: Work, { personId, toId }: Passing): Promise<Moved[]> {
  const quotes = await work.tx.quote.updateManyAndReturn({
    where: { ownerId: personId, OR: [{ state: { in: ['draft', 'sent'] } }, { state: 'accepted', contract: null }] },
    data: { ownerId: toId },
    select: { id: true, customerId: true },
  })
  for (const { id } of quotes) work.touched.add(`quote:${id}`)
  return quotes.map(({ id, customerId }) => ({ kind: 'quote', subjectId: id, customerId, toId }))
}

/** Quotes that waited for the leaver's yes or no, and for nobody's beside: who sees to the handover may say it. */
export async function moveApprovals(work: Work, { personId, toId }: Passing): Promise<Moved[]> {
  const approvals = await work.tx.$queryRaw<{ id: string; customer_id: string; card_id: string }[]>`
    SELECT a.id, q.customer_id, c.id AS card_id FROM card_copy k
      JOIN card c ON c.id = k.card_id AND c.kind = 'quote-approval'
      JOIN quote_approval a ON 'quote-approval:' || a.id = c.subject AND a.state = 'asked'
      JOIN quote q ON q.id = a.quote_id
    WHERE k.person_id = ${personId}::uuid
      AND NOT EXISTS (SELECT 1 FROM card_copy o JOIN person p ON p.id = o.person_id AND p.left_at IS NULL WHERE o.card_id = c.id)`
  for (const { card_id } of approvals) await holdCopy(work, card_id, toId)
  return approvals.map((row) => ({ kind: 'approval', subjectId: row.id, customerId: row.customer_id, toId }))
}
