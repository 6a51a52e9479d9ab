import { startReminder } from '../reminders/start-reminder.js'
import type { Work } from '../work.js'
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
  const since = new Date(createdAt.getTime() - BEFORE_MS)
  const [quote] = await work.tx.quote.findMany({
    where: {
      customerId,
      firstSentAt: { gte: since, lte: work.now },
      AND: [
        { OR: [{ contactId }, { contactId: null }] },
        // Its lead was taken back since, or it never had one.
        { OR: [{ opportunityId: null }, { opportunity: { undoneAt: { not: null } } }] },
      ],
    },
    orderBy: { firstSentAt: 'asc' },
    take: 1,
    select: { id: true, firstSentAt: true },
  })
  if (!quote?.firstSentAt) return
  await work.tx.quote.update({ where: { id: quote.id }, data: { opportunityId } })
  await noteQuoted(work, { customerId, contactId, opportunityId, how: 'quote', at: quote.firstSentAt })
}
