import { Refused } from '../../lib/errors.js'
import type { Work } from '../work.js'
import type { HeldByToken } from './hold-by-token.js'
import type { CustomerAnswer } from './quote-answer.contract.js'

const ENDED = {
  withdrawn: '这份报价已经撤回，请联系销售要一份新的',
  expired: '这份报价已经过了有效期，可以请销售重新报价',
  replaced: '这份报价已经有了新的一版，请看新的那一版',
}
/** A person answers a few times; who answers more often is none, or is angry enough to be called. */
const MOST_AN_HOUR = 20
const HOUR_MS = 3_600_000

/** Throws, in words for the customer, where this answer can't be given any more. A question can be asked as long as the link lives. */
export async function assertAnswerable(
  work: Work,
  { state, quote, version }: HeldByToken,
  kind: CustomerAnswer['kind'],
): Promise<void> {
  if (kind !== 'ask' && state !== 'open') throw new Refused(state, ENDED[state], 409)
  const accepted = await work.tx.quoteAnswer.findFirst({ where: { quoteId: quote.id, kind: 'accept' }, select: { name: true } })
  if (accepted && (kind === 'accept' || kind === 'decline'))
    throw new Refused('accepted', `这份报价已经由 ${maskName(accepted.name ?? '')} 确认过了，要改动请用「我想调整」`, 409)
  const since = new Date(work.now.getTime() - HOUR_MS)
  const recent = await work.tx.quoteAnswer.count({ where: { versionId: version.id, at: { gte: since } } })
  if (recent >= MOST_AN_HOUR) throw new Refused('too-many', '答复得有点多了，请直接联系销售', 429)
}

/** 「刘**」: whoever else has the link need not learn the whole name. */
export const maskName = (name: string): string => {
  const [first = '', ...rest] = [...name]
  return first + '*'.repeat(Math.min(rest.length, 2))
}
