import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import { stopWatchingQuote } from '../quote-notice/watch-version.js'
import type { Work } from '../work.js'
import { assertNotAccepted } from './edit-quote.js'
import { holdQuote, newestOf, touchQuote } from './find-quote.js'

/** 撤回: from now on every link of it says so, and nobody can answer. What a customer confirmed can't be withdrawn. Twice is once. */
export async function withdrawQuote(
  work: Work,
  actor: Actor,
  { quoteId, words }: { quoteId: string; words: string | null },
): Promise<void> {
  const quote = await holdQuote(work, actor, quoteId)
  newestOf(quote)
  assertNotAccepted(quote)
  if (quote.state === 'withdrawn') return
  await work.tx.quoteVersion.updateMany({ where: { quoteId, withdrawnAt: null }, data: { withdrawnAt: work.now } })
  await work.tx.quote.update({ where: { id: quoteId }, data: { state: 'withdrawn', endedAt: work.now } })
  await stopWatchingQuote(work, { quoteId, by: actor.personId })
  await record(work, { actor: actor.personId, verb: 'quote-withdraw', subject: `quote:${quoteId}`, content: { words } })
  touchQuote(work, quote)
}
