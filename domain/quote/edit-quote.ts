import type { Prisma } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { applyChanges } from './apply-changes.js'
import { withOpenRisks } from './draft-from.js'
import { type HeldQuote, holdQuote, newestOf, touchQuote } from './find-quote.js'
import { fillPrices } from './prefill.js'
import { type QuoteDraft, type QuoteView, quoteDraft } from './quote.contract.js'
import { viewQuote } from './view-quote.js'

/** 改一版: what was sent last, with what the customer changed since, to be written on. What is being written already stays as it is. */
export async function editQuote(work: Work, actor: Actor, quoteId: string): Promise<QuoteView> {
  const quote = await holdQuote(work, actor, quoteId)
  assertNotAccepted(quote)
  if (quote.draft === null) {
    const { content, sentAt } = newestOf(quote)
    const draft = await catchUp(work, quote, { draft: await withOpenRisks(work.tx, quoteDraft.parse(content)), since: sentAt })
    await work.tx.quote.update({
      where: { id: quoteId },
      data: { draft: draft as unknown as Prisma.InputJsonObject, draftRev: { increment: 1 } },
    })
    touchQuote(work, quote)
  }
  return viewQuote(work.tx, actor, quoteId)
}

async function catchUp(work: Work, quote: HeldQuote, { draft, since }: { draft: QuoteDraft; since: Date }): Promise<QuoteDraft> {
  const { requirementId, customerId } = quote
  if (!requirementId) return draft
  const changed = await applyChanges(work.tx, draft, { requirementId, since, now: work.now })
  if (changed.lines === draft.lines) return changed
  const { tier } = await work.tx.customer.findUniqueOrThrow({ where: { id: customerId }, select: { tier: true } })
  return quoteDraft.parse(await fillPrices(work.tx, changed, { tier, now: work.now }))
}

/** What a customer confirmed is not replaced under their hands: another quote is another one. */
export function assertNotAccepted({ state }: Pick<HeldQuote, 'state'>): void {
  if (state === 'accepted') throw new Refused('accepted', '客户已经确认了这份报价，要改请按它另做一份', 409)
}
