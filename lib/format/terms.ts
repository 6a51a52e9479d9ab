import { formatDay, isIsoDay } from './dates.js'
import { formatMoneyShort } from './money.js'

/** As requirement.contract.ts has them; formats know no domain. */
type Terms = {
  items: { name: string; spec: string | null; qty: number | null; unit: string | null }[]
  delivery: string | null
  budget: number | null
  terms: string | null
}

/** What stands agreed, in pieces: 「200 套」「12月17日 周四交货」「预算 8.5 万」. What isn't known is left out. */
export function termsWords(terms: Terms, now: number): string[] {
  const items = terms.items.map((item) => {
    const qty = item.qty === null ? '' : `${item.qty} ${item.unit ?? ''}`.trim()
    return terms.items.length > 1 ? [item.name, item.spec, qty].filter(Boolean).join(' ') : qty
  })
  const delivery = terms.delivery && (isIsoDay(terms.delivery) ? formatDay(terms.delivery, now) : terms.delivery)
  return [
    ...items,
    delivery ? `${delivery}交货` : '',
    terms.budget === null ? '' : `预算 ${formatMoneyShort(Math.round(terms.budget * 100))}`,
    terms.terms ?? '',
  ].filter(Boolean)
}
