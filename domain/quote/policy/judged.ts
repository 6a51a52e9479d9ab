import type { Prices } from '../../price/prices-for.js'
import type { RiskView } from '../../product/product.contract.js'
import type { QuotePolicy } from '../../rule/quote-policy.contract.js'
import type { Finding, QuoteDraft, Totals } from '../quote.contract.js'

/** A finding, and how it reads to who may see costs and margins; null: the same. */
export type Judged = Finding & { inside: string | null }

export type ProductFacts = { cost: string | null; taxBp: number; stopped: boolean; stock: string | null }

/** Everything that a draft is judged by, looked up once. */
export type Facts = {
  policy: QuotePolicy
  prices: Prices
  products: Map<string, ProductFacts>
  risks: RiskView[]
  /** Null: none was set. `openFen`: accepted quotes that are no contract yet. */
  credit: { limitFen: bigint; owedFen: bigint; openFen: bigint } | null
  /** Null: none was set for the customer's region. `usedFen`: offered there this month, without this quote. */
  quota: { region: string; monthFen: bigint; usedFen: bigint } | null
  /** Today, ISO in Shanghai, and the last day on which it would hold. */
  today: string
  lastDay: string
}

export type Drafted = { draft: QuoteDraft; totals: Totals; facts: Facts }

const finding =
  (weight: Finding['weight']) =>
  (
    kind: Finding['kind'],
    words: string,
    { lineId = null, inside = null }: Partial<Pick<Judged, 'lineId' | 'inside'>> = {},
  ): Judged => ({
    ...{ kind, weight, lineId, words, inside },
  })
/** Can't be sent so. */
export const stop = finding('stop')
/** Needs a yes. */
export const approve = finding('approve')
/** To be known. */
export const note = finding('note')
