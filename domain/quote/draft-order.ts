import { newId } from '../../lib/ids.js'
import type { Actor } from '../person/actor.js'
import type { ProductBrief } from '../product/product.contract.js'
import type { Work } from '../work.js'
import { createDraft } from './create-draft.js'
import { cut } from './cut.js'
import { fillPrices } from './prefill.js'
import { type DraftLine, LONGEST_QUOTE_TITLE, type QuoteDraft, type QuoteView } from './quote.contract.js'
import { saveDraft } from './save-draft.js'

export type OrderedLine = {
  /** Null: in no catalogue, quoted in these words. */
  product: ProductBrief | null
  name: string
  /** Null: none was said. */
  qty: string | null
  unit: string | null
  /** 元 a unit; null: as the customer's books say. */
  price: string | null
  gift: boolean
  /** It is counted in another unit than the product's: the books say nothing of that. */
  otherUnit: boolean
}
export type Ordered = {
  lines: OrderedLine[]
  tax: { included: boolean; rateBp: number | null } | null
  freight: 'included' | 'collect' | null
  payment: string | null
  delivery: string | null
}

/**
 * A draft out of what a colleague said in one line. What was said goes before what is known of the customer; without goods their last
 * requirement, or the quote that is to be written on, stays.
 */
export async function draftOrder(
  work: Work,
  actor: Actor,
  { customerId, fromQuoteId, order }: { customerId: string; fromQuoteId: string | null; order: Ordered },
): Promise<QuoteView> {
  const quote = await createDraft(work, actor, { customerId, fromQuoteId })
  if (!quote.draft) return quote
  const { tier } = await work.tx.customer.findUniqueOrThrow({ where: { id: customerId }, select: { tier: true } })
  const known = isOther(quote.draft, order) ? await withoutRequirement(work, quote.id, quote.draft) : quote.draft
  const said = withOrder(known, order)
  const priced = await fillPrices(work.tx, said, { tier, now: work.now })
  const unsure = new Set(
    said.lines.filter((_, i) => order.lines[i]?.otherUnit && order.lines[i]?.price === null).map(({ id }) => id),
  )
  const draft = { ...priced, lines: priced.lines.map((line) => (unsure.has(line.id) ? { ...line, price: '0' } : line)) }
  return saveDraft(work, actor, { quoteId: quote.id, rev: quote.draftRev, draft })
}

/** Goods were named, and none of them is what the last requirement is about. */
const isOther = ({ lines }: QuoteDraft, order: Ordered): boolean =>
  order.lines.length > 0 &&
  !order.lines.some(({ product, name }) =>
    lines.some((one) => one.name === name || (product !== null && one.productId === product.id)),
  )

/** When the last requirement was asked for, and by when it has to be there, says nothing of other goods. How they pay does. */
async function withoutRequirement(work: Work, id: string, draft: QuoteDraft): Promise<QuoteDraft> {
  await work.tx.quote.update({ where: { id }, data: { requirementId: null, requestedAt: null } })
  return { ...draft, terms: { ...draft.terms, delivery: '' } }
}

function withOrder(draft: QuoteDraft, { lines, tax, freight, payment, delivery }: Ordered): QuoteDraft {
  const [first] = lines
  const title = first ? `${first.product?.name ?? first.name}${lines.length > 1 ? ` 等 ${lines.length} 项` : ''}` : draft.title
  // 不含税, and no rate: nothing comes on top.
  const rateBp = tax?.rateBp ?? (tax && !tax.included ? 0 : draft.tax.rateBp)
  return {
    ...draft,
    title: cut(title, LONGEST_QUOTE_TITLE),
    lines: first ? lines.map(lineOf) : draft.lines,
    tax: tax ? { included: tax.included, rateBp } : draft.tax,
    freight: freight ? { how: freight, fen: 0 } : draft.freight,
    terms: {
      ...draft.terms,
      payment: payment ? cut(payment, 200) : draft.terms.payment,
      delivery: delivery ? cut(delivery, 200) : draft.terms.delivery,
    },
  }
}

const lineOf = ({ product, name, qty, unit, price, gift }: OrderedLine): DraftLine => ({
  id: newId(),
  productId: product?.id ?? null,
  code: product?.code ?? null,
  name: product?.name ?? cut(name, 80),
  spec: product?.spec ?? null,
  unit: cut(unit ?? product?.unit ?? '件', 10),
  qty: qty ?? '1',
  price: price ?? '0',
  gift,
  note: null,
  params: product?.params ?? [],
  pictureId: product?.pictureId ?? null,
})
