import type { Reader } from '../../lib/db.js'
import { formatDay, isIsoDay, shanghaiDay } from '../../lib/format/dates.js'
import { newId } from '../../lib/ids.js'
import { onFooting, pricesFor } from '../price/prices-for.js'
import type { ProductBrief } from '../product/product.contract.js'
import { searchProducts } from '../product/search-products.js'
import { plainOf } from '../product/search-text.js'
import type { Terms } from '../requirement/requirement.contract.js'
import { cut } from './cut.js'
import { type DraftLine, LONGEST_QUOTE_TITLE, LONGEST_TERM, MOST_LINES, type QuoteDraft } from './quote.contract.js'

/** 13 %, in the price: how goods are sold here unless somebody says otherwise. */
const STANDARD_TAX = { included: true, rateBp: 1300 } as const

export const blankDraft = (title: string, validDays: number): QuoteDraft => ({
  title: cut(title, LONGEST_QUOTE_TITLE),
  lines: [],
  tax: { ...STANDARD_TAX },
  freight: { how: 'included', fen: 0 },
  discountFen: 0,
  terms: { payment: '', delivery: '', other: '' },
  instalments: [],
  validDays,
  rebates: [],
  risks: [],
})

/** What a requirement says as it stands by now, its changes included: goods as lines, 交期 and 账期 as terms. */
export async function fillFromTerms(db: Reader, draft: QuoteDraft, terms: Terms, now: Date): Promise<QuoteDraft> {
  const lines: DraftLine[] = []
  for (const item of terms.items.slice(0, MOST_LINES)) lines.push(await lineOf(db, item))
  return {
    ...draft,
    lines,
    terms: {
      ...draft.terms,
      payment: terms.terms ? cut(terms.terms, LONGEST_TERM) : draft.terms.payment,
      delivery: terms.delivery ? deliveryWords(terms.delivery, now) : draft.terms.delivery,
    },
  }
}

/** 「12月4日 周五前交货」 of an ISO day, else as it was said. */
export const deliveryWords = (delivery: string, now: Date): string =>
  cut(isIsoDay(delivery) ? `${formatDay(delivery, now)}前交货` : delivery, LONGEST_TERM)

/** The product that is meant, where it is clear which, else the customer's words alone: a person chooses. */
async function lineOf(db: Reader, item: Terms['items'][number]): Promise<DraftLine> {
  const found = await meantBy(db, [item.name, item.spec].filter(Boolean).join(' '))
  const unit = cut(item.unit ?? '', 10)
  // A price is one of the product's own unit: 50 箱 at what one piece costs would be a gift.
  const product = unit && unit !== found?.unit ? null : found
  return {
    id: newId(),
    productId: product?.id ?? null,
    code: product?.code ?? null,
    name: product?.name ?? (cut(item.name, 80) || '未注明品名'),
    spec: product?.spec ?? (item.spec && cut(item.spec, 120)),
    unit: unit || product?.unit || '件',
    qty: qtyOf(item.qty),
    price: '0',
    gift: false,
    note: null,
    params: product?.params ?? [],
    pictureId: product?.pictureId ?? null,
  }
}

/** The only one that all the words fit, or the one that is called exactly so: 7 孔 is no 9 孔, at another price. */
async function meantBy(db: Reader, named: string): Promise<ProductBrief | null> {
  const [first, second] = await searchProducts(db, { query: named, take: 2 })
  if (!first) return null
  const isCalledSo = [first.name, `${first.name}${first.spec ?? ''}`].some((words) => plainOf(words) === plainOf(named))
  return second && !isCalledSo ? null : first
}

/** Prices of the customer's books for what has none yet, and the rebates that they are shown. */
export async function fillPrices(
  db: Reader,
  draft: QuoteDraft,
  { tier, now }: { tier: string | null; now: Date },
): Promise<QuoteDraft> {
  const wanted = draft.lines.flatMap(({ productId, qty }) => (productId ? [{ productId, qty }] : []))
  const prices = await pricesFor(db, { tier }, shanghaiDay(now), wanted)
  const lines = draft.lines.map((line) => {
    const priced = line.productId ? prices.of.get(line.productId) : undefined
    return priced && line.price === '0' ? { ...line, price: onFooting(priced.price, priced.taxBp, draft.tax) } : line
  })
  return { ...draft, lines, rebates: prices.rebates }
}

/** A quantity of a requirement is a number as somebody said it; more than three places, or none, are for a person to say. */
export function qtyOf(qty: number | null): string {
  if (qty === null || !(qty > 0) || qty >= 1e9) return '1'
  return qty.toFixed(3).replace(/\.?0+$/, '') || '1'
}
