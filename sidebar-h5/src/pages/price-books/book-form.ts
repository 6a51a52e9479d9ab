import type { BookInput, BookPriceInput, BookPriceView, BookView } from '../../../../domain/price/price.contract.js'
import { formatDecimal, priceUnits, qtyUnits } from '../../../../lib/format/amount.js'
import { fenText, readDecimal, readFen } from '../../components/read-decimal.js'
import { percentText, readPercent } from '../../components/read-percent.js'

/** A rung as it is typed: from so much on, so much. */
export type Rung = { from: string; value: string }
export type BookForm = {
  name: string
  tiers: string[]
  validFrom: string
  validUntil: string
  discount: string
  margin: string
  rebates: Rung[]
}
export type PriceForm = { price: string; steps: Rung[]; margin: string }
type Read<T, F> = { input: T } | { problems: { at: keyof F; words: string }[] }

export const newBookForm = (): BookForm => ({
  ...{ name: '', tiers: [], validFrom: '', validUntil: '', discount: '', margin: '', rebates: [] },
})
const plain = (decimal: string) => formatDecimal(decimal).replaceAll(',', '')

export const bookFormOf = (book: BookView): BookForm => ({
  ...{ name: book.name, tiers: [...book.tiers], validFrom: book.validFrom ?? '', validUntil: book.validUntil ?? '' },
  ...{ discount: percentText(book.discountBp), margin: percentText(book.marginBp) },
  rebates: book.rebates.map(({ fromFen, rateBp }) => ({ from: fenText(fromFen), value: percentText(rateBp) })),
})
export const priceFormOf = (price: Pick<BookPriceView, 'price' | 'steps' | 'marginBp'>): PriceForm => ({
  price: price.price === null ? '' : plain(price.price),
  steps: price.steps.map((step) => ({ from: plain(step.fromQty), value: plain(step.price) })),
  margin: percentText(price.marginBp),
})

const typed = (rungs: Rung[]) => rungs.filter(({ from, value }) => from.trim() || value.trim())
const rises = (sizes: (number | bigint)[]) => sizes.every((size, at) => at === 0 || size > (sizes[at - 1] ?? 0))
const isMargin = (bp: number | null) => bp !== null && bp <= 9_900

/** What the server takes, or what is wrong, each at its field. */
export function readBook(form: BookForm): Read<BookInput, BookForm> {
  const problems: { at: keyof BookForm; words: string }[] = []
  const wrong = (at: keyof BookForm, words: string) => void problems.push({ at, words })
  const discountBp = form.discount.trim() ? readPercent(form.discount) : null
  const marginBp = form.margin.trim() ? readPercent(form.margin) : null
  const rebates = typed(form.rebates).map(({ from, value }) => ({ fromFen: readFen(from), rateBp: readPercent(value) }))
  if (!form.name.trim()) wrong('name', '给价格表起个名字')
  if (form.validFrom && form.validUntil && form.validFrom > form.validUntil) wrong('validUntil', '结束的日子不能早于开始')
  if (form.discount.trim() && !discountBp) wrong('discount', '写 1 到 100 之间的数，95 就是 95 折')
  if (form.margin.trim() && !isMargin(marginBp)) wrong('margin', '写 0 到 99 之间的数')
  if (rebates.some(({ fromFen, rateBp }) => fromFen === null || !rateBp)) wrong('rebates', '每一档都要有金额和返点')
  else if (!rises(rebates.map(({ fromFen }) => fromFen ?? 0)) || !rises(rebates.map(({ rateBp }) => rateBp ?? 0)))
    wrong('rebates', '金额要一档比一档高，返点也是')
  if (problems.length) return { problems }
  return {
    input: {
      ...{ name: form.name.trim(), tiers: form.tiers, validFrom: form.validFrom || null, validUntil: form.validUntil || null },
      ...{
        discountBp,
        marginBp,
        rebates: rebates.map(({ fromFen, rateBp }) => ({ fromFen: fromFen ?? 0, rateBp: rateBp ?? 0 })),
      },
    },
  }
}

export function readPrice(form: PriceForm, productId: string): Read<BookPriceInput, PriceForm> {
  const problems: { at: keyof PriceForm; words: string }[] = []
  const wrong = (at: keyof PriceForm, words: string) => void problems.push({ at, words })
  const price = form.price.trim() ? readDecimal(form.price, 6) : null
  const marginBp = form.margin.trim() ? readPercent(form.margin) : null
  const steps = typed(form.steps).map(({ from, value }) => ({
    fromQty: readDecimal(from, 3) ?? '',
    price: readDecimal(value, 6) ?? '',
  }))
  if (form.price.trim() && (price === null || !/[1-9]/.test(price))) wrong('price', '单价写成大于零的数，最多六位小数')
  if (form.margin.trim() && !isMargin(marginBp)) wrong('margin', '写 0 到 99 之间的数')
  if (steps.some((step) => !/[1-9]/.test(step.fromQty) || !/[1-9]/.test(step.price))) wrong('steps', '每一档都要有数量和单价')
  else if (!rises(steps.map(({ fromQty }) => qtyUnits(fromQty)))) wrong('steps', '数量要一档比一档多')
  else if (!falls([...(price ? [price] : []), ...steps.map((step) => step.price)])) wrong('steps', '买得越多，单价不能更高')
  if (!problems.length && price === null && steps.length === 0 && marginBp === null) wrong('price', '写一个价，或者加一档阶梯价')
  return problems.length ? { problems } : { input: { productId, price, steps, marginBp } }
}
const falls = (prices: string[]) => prices.every((one, at) => at === 0 || priceUnits(one) <= priceUnits(prices[at - 1] ?? one))
