import { issueCard } from '../card/issue-card.js'
import { standardRoute } from '../reminders/reminder-kind.js'
import type { Work } from '../work.js'
import { stopWatchingQuote } from './watch-version.js'
import { whenToSay } from './when-to-say.js'

/** A customer answered on the page: the rep hears of it at once. Accepted or declined, nothing more is waited for. Twice is once. */
export async function tellAnswered(work: Work, answerId: string): Promise<void> {
  const answer = await work.tx.quoteAnswer.findUniqueOrThrow({ where: { id: answerId }, include: { quote: true } })
  const { quote, kind } = answer
  const ends = kind === 'accept' || kind === 'decline'
  if (ends) await stopWatchingQuote(work, { quoteId: quote.id, by: kind })
  const notBefore = await whenToSay(work, { personId: quote.ownerId, urgent: ends })
  const subject = `quote-answer:${answerId}`
  await issueCard(work, { kind: 'quote-answered', subject, people: [quote.ownerId], route: standardRoute, notBefore })
  work.touched.add(`quote:${quote.id}`)
  work.touched.add(`customer:${quote.customerId}`)
  if (quote.contactId) work.touched.add(`chat:${quote.contactId}`)
}
