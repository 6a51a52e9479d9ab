import type { Reader } from '../../lib/db.js'
import { totalDraft } from '../../lib/format/quote-total.js'
import { assertCustomer } from '../customer/open-chat.js'
import type { Actor } from '../person/actor.js'
import { maySeeMargin } from '../price/may-see-margin.js'
import { onFooting } from '../price/prices-for.js'
import { checkPolicy } from './check-policy.js'
import { coverByApproval } from './cover-by-approval.js'
import { decidesOn } from './find-deciders.js'
import { quoteVisibleTo, unknownQuote } from './find-quote.js'
import { findFacts } from './policy/find-facts.js'
import { leastMarginOf, marginOfDraft } from './policy/judge-margin.js'
import { type Facts, type Judged, stop } from './policy/judged.js'
import { proposeInstalments } from './policy/propose-instalments.js'
import type { DraftCheck, Finding, QuoteDraft, Totals } from './quote.contract.js'

/** A draft of a quote that is there already, or of one to be. */
export type Whose = { quoteId: string } | { customerId: string }

/**
 * What a draft comes to and what stands in its way: nothing that is left «stop» or «approve» may be sent. What somebody has let pass,
 * for exactly this draft, is only noted. Costs and margins are for who may see them; a rep is told what is too low. Keeps nothing.
 */
export async function checkDraft(db: Reader, actor: Actor, whose: Whose, draft: QuoteDraft, now: Date): Promise<DraftCheck> {
  const place = await placeOf(db, actor, whose)
  const { totals, facts, judged } = await judgeDraft(db, { ...place, draft, now })
  const findings = place.quoteId ? await coverByApproval(db, { quoteId: place.quoteId, draft, judged }) : judged
  const sees = maySeeMargin(actor)
  return {
    totals,
    marginBp: sees ? marginOfDraft({ draft, totals, facts }) : null,
    leastMarginBp: sees ? leastMarginOf({ draft, totals, facts }) : null,
    findings: findings.map((one) => sayTo(one, sees)),
    prices: pricesOf(draft, facts),
    instalmentProposals: proposeInstalments(totals.totalFen, facts.policy.instalmentTemplates, facts.credit),
    risks: facts.risks.map(({ id, words, product, customer }) => ({ id, words, about: product?.name ?? customer?.name ?? '' })),
  }
}

/** As it is kept with an approval and told to nobody yet: with the figures. */
export async function judgeDraft(
  db: Reader,
  { draft, ...place }: { customerId: string; quoteId: string | null; draft: QuoteDraft; now: Date },
): Promise<{ totals: Totals; facts: Facts; judged: Judged[] }> {
  const totals = totalDraft(draft)
  const facts = await findFacts(db, { ...place, draft })
  const twice = new Set(draft.lines.map(({ id }) => id)).size < draft.lines.length
  const judged = checkPolicy({ draft, totals, facts })
  return { totals, facts, judged: twice ? [stop('incomplete', '有一行出现了两次，刷新后再看'), ...judged] : judged }
}

/** As somebody reads it. */
export const sayTo = ({ inside, ...finding }: Judged, sees: boolean): Finding =>
  sees && inside !== null ? { ...finding, words: inside } : finding

async function placeOf(db: Reader, actor: Actor, whose: Whose): Promise<{ customerId: string; quoteId: string | null }> {
  if ('customerId' in whose) {
    await assertCustomer(db, actor, whose.customerId)
    return { customerId: whose.customerId, quoteId: null }
  }
  const where = { AND: [{ id: whose.quoteId }, quoteVisibleTo(actor)] }
  const seen = await db.quote.findFirst({ where, select: { id: true, customerId: true } })
  if (!seen && !(await decidesOn(db, actor, whose.quoteId))) throw unknownQuote()
  const quote =
    seen ?? (await db.quote.findUniqueOrThrow({ where: { id: whose.quoteId }, select: { id: true, customerId: true } }))
  return { customerId: quote.customerId, quoteId: quote.id }
}

/** By line, as this draft writes prices: with its tax, or without. */
function pricesOf(draft: QuoteDraft, { prices }: Facts): DraftCheck['prices'] {
  const said: DraftCheck['prices'] = {}
  for (const { id, productId } of draft.lines) {
    const priced = productId ? prices.of.get(productId) : undefined
    if (!priced) continue
    const { price, listPrice, taxBp, book } = priced
    said[id] = {
      price: onFooting(price, taxBp, draft.tax),
      listPrice: listPrice && onFooting(listPrice, taxBp, draft.tax),
      book,
    }
  }
  return said
}
