import { startReminder } from '../reminders/start-reminder.js'
import type { Work } from '../work.js'
import { holdLeads } from './hold-leads.js'
import { noteQuoted } from './note-quoted.js'
import { HOURS, KIND, subjectOf } from './quote-clock.js'

/** A quote that was sent so shortly before its lead was recorded is the lead's: people quote first and tap afterwards. */
const BEFORE_MS = HOURS * 3_600_000

/** A lead wants a price within 72 hours; one that was given just before it was recorded is that price. */
export async function startQuoteClock(work: Work, opportunityId: string): Promise<void> {
  const { contactId, contact, ownerId, createdAt, ...lead } = await work.tx.opportunity.findUniqueOrThrow({
    where: { id: opportunityId },
    include: { contact: { select: { customerId: true } } },
  })
  const customerId = lead.customerId ?? contact?.customerId ?? null
  await startReminder(work, {
    kind: KIND,
    subject: subjectOf(opportunityId),
    personId: ownerId,
    customerId,
    at: createdAt,
  })
  if (!customerId) return
  await holdLeads(work, customerId)
  const since = new Date(createdAt.getTime() - BEFORE_MS)
  // Raw: a quote that somebody is just sending again is left to them, who wait for us and find this lead.
  const [quote] = await work.tx.$queryRaw<{ id: string; sentAt: Date }[]>`
    SELECT q.id, q.first_sent_at AS "sentAt" FROM quote q LEFT JOIN opportunity o ON o.id = q.opportunity_id
    WHERE q.customer_id = ${customerId}::uuid AND (q.contact_id IS NULL OR ${contactId}::uuid IS NULL OR q.contact_id = ${contactId}::uuid)
      AND q.state <> 'withdrawn' AND q.first_sent_at BETWEEN ${since} AND ${work.now}
      AND (q.opportunity_id IS NULL OR o.undone_at IS NOT NULL) -- its lead was taken back since, or it never had one
    ORDER BY q.first_sent_at LIMIT 1 FOR UPDATE OF q SKIP LOCKED`
  if (!quote) return
  await work.tx.quote.update({ where: { id: quote.id }, data: { opportunityId } })
  await noteQuoted(work, { customerId, contactId, opportunityId, how: 'quote', at: quote.sentAt })
}
