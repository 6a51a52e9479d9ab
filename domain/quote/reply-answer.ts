import { Refused } from '../../lib/errors.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { holdQuote, touchQuote, unknownQuote } from './find-quote.js'

/** What a rep answers to a customer's question: it stands on their page. Said once; another tap says nothing more. Returns the quote. */
export async function replyAnswer(
  work: Work,
  actor: Actor,
  { answerId, words }: { answerId: string; words: string },
): Promise<string> {
  const found = await work.tx.quoteAnswer.findUnique({ where: { id: answerId }, select: { quoteId: true } })
  if (!found) throw unknownQuote()
  const quote = await holdQuote(work, actor, found.quoteId)
  const { count } = await work.tx.quoteAnswer.updateMany({
    where: { id: answerId, kind: 'ask', repliedAt: null },
    data: { reply: words, repliedAt: work.now, repliedById: actor.personId },
  })
  if (count === 0) throw new Refused('replied', '这个问题已经有人答复过了', 409)
  await record(work, { actor: actor.personId, verb: 'quote-reply', subject: `quote:${quote.id}`, content: { answerId, words } })
  touchQuote(work, quote)
  return quote.id
}
