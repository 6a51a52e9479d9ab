import { issueCard } from '../card/issue-card.js'
import { standardRoute } from '../reminders/reminder-kind.js'
import { settleReminder } from '../reminders/settle-reminder.js'
import type { Work } from '../work.js'
import { findWaitingCard } from './find-waiting-card.js'
import { unopenedOf } from './notice-kinds.js'
import { whenToSay } from './when-to-say.js'

/** The card is drawn when it leaves: so much later it says how far they have read. */
const READING_MS = 20_000

/**
 * A device opened a version: of the first one its rep hears at once, of others the timeline tells. Told twice, or by two
 * devices at once, it is said once: whoever writes a visit holds the quote.
 */
export async function tellOpened(work: Work, visitId: string): Promise<void> {
  const visit = await work.tx.quoteVisit.findUniqueOrThrow({
    where: { id: visitId },
    include: { link: { include: { version: { include: { quote: true } } } } },
  })
  const { version } = visit.link
  const { quote } = version
  await work.tx.$queryRaw`SELECT 1 FROM quote WHERE id = ${quote.id}::uuid FOR UPDATE`
  work.touched.add(`quote:${quote.id}`)
  work.touched.add(`customer:${quote.customerId}`)
  if (quote.contactId) work.touched.add(`chat:${quote.contactId}`)
  await settleReminder(work, { ...unopenedOf(version.id), by: 'opened' })
  const first = await work.tx.quoteVisit.findFirst({
    where: { link: { versionId: version.id } },
    orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  })
  if (first?.id !== visitId) return
  const personId = quote.ownerId
  const when = await whenToSay(work, { personId, urgent: false })
  // One that waits for the end of the quiet hours, or for the digest, lists this one too.
  if (when > work.now && (await findWaitingCard(work.tx, personId, work.now))) return
  const notBefore = when > work.now ? when : new Date(work.now.getTime() + READING_MS)
  await issueCard(work, {
    kind: 'quote-opened',
    subject: `quote-visit:${visitId}`,
    people: [personId],
    route: standardRoute,
    notBefore,
  })
}
