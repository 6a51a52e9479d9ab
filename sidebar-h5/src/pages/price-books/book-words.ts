import type { BookPriceView, BookView } from '../../../../domain/price/price.contract.js'
import { formatBp, formatDecimal, priceAt } from '../../../../lib/format/amount.js'
import { formatDayShort } from '../../../../lib/format/dates.js'
import { formatMoneyShort } from '../../../../lib/format/money.js'
import type { Tone } from '../../words/asks.js'

/** 「95 折」「88.5 折」; nine tenths is 「9 折」. */
export const discountWords = (bp: number): string => {
  const whole = bp / 100
  return bp === 10_000 ? '按标价' : `${Number.isInteger(whole / 10) ? whole / 10 : whole} 折`
}
export const tierWords = ({ tiers }: Pick<BookView, 'tiers'>): string =>
  tiers.length ? `${tiers.join('、')} 级客户` : '所有客户'

/** 「11月1日 到 12月31日」; with the year where it isn't this one. */
export function daysWords({ validFrom, validUntil }: Pick<BookView, 'validFrom' | 'validUntil'>, now: number): string {
  const [from, until] = [validFrom && formatDayShort(validFrom, now), validUntil && formatDayShort(validUntil, now)]
  if (from && until) return `${from}到${until}`
  if (until) return `到${until}为止`
  return from ? `${from}起` : '一直有效'
}

export function standing(book: BookView, today: string): { words: string; tone: Tone } {
  if (book.stopped) return { words: '停用', tone: 'plain' }
  if (book.inForce) return { words: '正在用', tone: 'good' }
  return book.validFrom && book.validFrom > today ? { words: '还没开始', tone: 'accent' } : { words: '已过期', tone: 'found' }
}

/** A book in one line: 「标价的 95 折 · 12 个产品单独定价 · 返点最高 3%」. */
export function bookLine(book: BookView): string {
  const highest = book.rebates.at(-1)
  const parts = [
    book.discountBp === null ? null : `标价的 ${discountWords(book.discountBp)}`,
    book.products > 0 ? `${book.products} 个产品单独定价` : null,
    highest ? `返点最高 ${formatBp(highest.rateBp)}` : null,
  ]
  return parts.filter(Boolean).join(' · ') || '还没有写价'
}
export const rebateWords = ({ rebates }: Pick<BookView, 'rebates'>): string[] =>
  rebates.map(({ fromFen, rateBp }) => `满 ${formatMoneyShort(fromFen)} 返 ${formatBp(rateBp)}`)

/** What one piece costs by this book: its own price, or the discount on the list price. */
export function ownPrice(price: BookPriceView, book: Pick<BookView, 'discountBp'>): string {
  const of =
    price.price ?? (price.listPrice && book.discountBp !== null ? priceAt(price.listPrice, book.discountBp) : price.listPrice)
  return of === null ? '面议' : `${formatDecimal(of, 2)} 元/${price.unit}`
}
export const stepWords = (price: BookPriceView): string[] =>
  price.steps.map((step) => `满 ${formatDecimal(step.fromQty)} ${price.unit} ${formatDecimal(step.price, 2)} 元`)
