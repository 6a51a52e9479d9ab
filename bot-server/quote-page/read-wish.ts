import { findDealOf } from '../../domain/message/find-context.js'
import type { ReadWords } from '../../domain/quote-answer/keep-as-change.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { understand } from '../../nlp/understand.js'

/** What a customer writes under 我想调整, beside the deal as it stands. They said that it is a change; what it changes is read. */
export const readWish: ReadWords = async (work, customerId, words) => {
  const deal = await findDealOf(work.tx, customerId, words)
  const question = { text: words, context: [], deal: deal?.terms ?? null, today: shanghaiDay(work.now) }
  const { types, slots } = understand(question)
  return { types, slots, requirementId: deal?.requirementId ?? null }
}
