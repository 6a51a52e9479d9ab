import { formatDayShort } from '../lib/format/dates.js'
import { parseIso } from './entities/calendar.js'
import { readDates } from './entities/date.js'
import { readDurations } from './entities/duration.js'
import { readPayments } from './entities/payment.js'
import { readQuantities } from './entities/quantity.js'
import { normalize } from './normalize.js'
import { type Mark, type OrderLine, readLines } from './order-lines.js'
import { type FoundPrice, readPrices } from './order-price.js'

export type Order = {
  lines: OrderLine[]
  /** 含税, 不含税; `rateBp` where a rate was named. */
  tax: { included: boolean; rateBp: number | null } | null
  freight: 'included' | 'collect' | null
  payment: string | null
  delivery: string | null
  /** What stands beside the goods and was not understood. */
  unread: string[]
}

const RATE = '(\\d{1,2}(?:\\.\\d)?)\\s?(?:%|个?点)'
const TAX: [RegExp, boolean][] = [
  [/(?:不含|未|不带|未含)税(?:价)?/g, false],
  [
    new RegExp(
      `(?:含|带|包)(?:${RATE}(?:的)?)?(?:增值)?(?:税|专票|票)(?:${RATE})?(?:的?(?:专用发票|专票|普票|发票))?(?:价)?|${RATE}\\s?(?:含税|专票|税)`,
      'g',
    ),
    true,
  ],
]
const FREIGHT: [RegExp, 'included' | 'collect'][] = [
  [/(?:运费)?(?<!货)到付(?!款)|不含运费?|运费(?:另算|另计|自理)|自提/g, 'collect'],
  [/含运费?|包运费?|包邮|送货上门|免运费?/g, 'included'],
]
/** Of the whole: no price of a unit. */
const WHOLE = /(?:总价|总共|合计|一共|总计)\s?[:是]?\s?[\d.万千百十块元一二两三四五六七八九]+/g
const COMES = /^\s?(?:之前|以前|前|内|左右)?\s?(?:交货|到货|发货|送到|送货|交付|交|到)(?!付)/
/** 2.5平方电线 10卷: what names a size where a count follows. */
const MEASURES = new Set(['平方', '平', '平方米', '米', '升', '公斤', '千克', '克', '吨', '寸', '毫米', '厘米'])

/** What a colleague wants quoted, as they say it: 「M8螺丝 200箱 3分5，送包装箱 20只，含税 月结30天」. Pure; `today` is an ISO day. */
export function readOrder(raw: string, today: string): Order {
  const text = normalize(raw).replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
  const marks: Mark[] = []
  const order: Omit<Order, 'lines' | 'unread'> = { tax: null, freight: null, payment: null, delivery: null }
  const isFree = (from: number, to: number) => !marks.some((mark) => from < mark.to && mark.from < to)
  const take = (from: number, to: number): boolean => isFree(from, to) && marks.push({ is: 'other', from, to }) > 0

  for (const [pattern, included] of TAX)
    for (const match of text.matchAll(pattern))
      if (take(match.index, match.index + match[0].length)) order.tax = { included, rateBp: rateOf(match.slice(1)) }
  for (const [pattern, how] of FREIGHT)
    for (const match of text.matchAll(pattern)) if (take(match.index, match.index + match[0].length)) order.freight = how
  const payments = readPayments(text).filter(({ from, to }) => take(from, to))
  if (payments.length > 0) order.payment = payments.map(({ words }) => words).join('，')
  order.delivery = readDelivery(text, today, take)
  const wholes = [...text.matchAll(WHOLE)].filter((match) => take(match.index, match.index + match[0].length))
  const prices = readPrices(text).filter(({ from, to }) => isFree(from, to))
  const add = (price: FoundPrice) => marks.push({ is: 'price', ...price, said: text.slice(price.from, price.to) })
  for (const price of prices) if (price.sure) add(price)
  for (const one of readQuantities(text)) {
    if (one.kind !== 'quantity' || !isFree(one.from, one.to) || countsNone(text, one)) continue
    const { from, to, unit } = one
    const qty = decimalOf(one.value)
    if (qty) marks.push({ is: 'quantity', from, to, qty, unit })
  }
  for (const price of prices) if (!price.sure && isFree(price.from, price.to) && follows(text, marks, price.from)) add(price)

  const sorted = marks.sort((a, b) => a.from - b.from)
  const { lines, unread } = readLines(text, sorted)
  return { ...order, lines, unread: [...unread, ...wholes.map(([words]) => words)] }
}

/** A bare number is a price right behind a count, or what else was said of it: 「轴承6204 500套 7.8」. */
function follows(text: string, marks: Mark[], at: number): boolean {
  const before = marks.filter(({ to }) => to <= at).sort((a, b) => b.to - a.to)
  const [last] = before
  return last !== undefined && before.some(({ is }) => is === 'quantity') && /^[\s,，]*$/.test(text.slice(last.to, at))
}

type Take = (from: number, to: number) => boolean

/** 「下周五前交货」 → 「12月4日前交货」, which a customer may still read next week; 「15天内发货」 as it was said. */
function readDelivery(text: string, today: string, take: Take): string | null {
  for (const date of readDates(text, parseIso(today) ?? 0)) {
    const comes = COMES.exec(text.slice(date.to))?.[0]
    const led = /(?:交期|货期)\s?[:是]?\s?$/.exec(text.slice(0, date.from))?.[0]
    if ((comes === undefined && led === undefined) || date.iso.includes('/')) continue
    if (take(date.from - (led?.length ?? 0), date.to + (comes?.length ?? 0)))
      return `${formatDayShort(date.iso, today)}${date.bound === 'by' || /前/.test(comes ?? '') ? '前' : ''}交货`
  }
  for (const span of readDurations(text)) {
    const comes = COMES.exec(text.slice(span.to))?.[0]
    if (comes !== undefined && take(span.from, span.to + comes.length))
      return text.slice(span.from, span.to + comes.length).trim()
  }
  return null
}

const rateOf = (groups: (string | undefined)[]): number | null => {
  const rate = groups.find((one) => one !== undefined)
  return rate === undefined ? null : Math.round(Number(rate) * 100)
}

/** 一份报价单 counts no goods. */
const countsNone = (text: string, { unit, to }: { unit: string; to: number }): boolean =>
  /^\s?(?:正式)?(?:的)?(?:报价|价单|价格)/.test(text.slice(to)) ||
  (MEASURES.has(unit) &&
    /^[一-龥]/.test(text.slice(to)) &&
    readQuantities(text.slice(to)).some(({ kind }) => kind === 'quantity'))

const decimalOf = (value: number): string | null =>
  value > 0 && value < 1e9 && Number.isFinite(value) ? value.toFixed(3).replace(/\.?0+$/, '') || null : null
