import * as z from 'zod/mini'
import type { Reader } from '../../lib/db.js'
import { priceUnits, qtyUnits } from '../../lib/format/amount.js'
import { MOST_STEPS } from '../price/price.contract.js'
import { findKnownProducts, groupBy } from './find-known-products.js'
import type { ListRow } from './plan-products.js'
import type { ProductColumns } from './product-import.contract.js'
import { type PriceValues, readPriceRow } from './read-price-row.js'

export type NewPrice = {
  productId: string
  price: string | null
  steps: { fromQty: string; price: string }[]
  marginBp: number | null
}
export type PlannedPrice = { id: string; error: string | null; productId: string | null }
export type PricePlan = { rows: PlannedPrice[]; prices: NewPrice[]; fresh: number; known: number; same: number }

type Line = { id: string; line: number; values: PriceValues; error: string | null; productId: string | null }
const kept = z.array(z.object({ fromQty: z.string(), price: z.string() }))

/**
 * What the lines come to in this book. Several lines of one product are its steps, and they count together or not at all: a step
 * that is missing would be a wrong price.
 */
export async function planPrices(
  db: Reader,
  rows: ListRow[],
  { bookId, columns }: { bookId: string; columns: ProductColumns },
): Promise<PricePlan> {
  const read = rows.map((row) => ({ ...row, ...readPriceRow(row.cells, columns) }))
  const matchOf = await findKnownProducts(
    db,
    read.map(({ values }) => values),
  )
  const lines = read.map(({ id, line, values, error }): Line => {
    const known = values.name || values.code ? matchOf(values) : null
    const unknown =
      known === 'several' ? '有几个产品都叫这个，请加上货号' : known === null && !error ? '没有这个产品，先在产品目录里建' : null
    return { id, line, values, error: error ?? unknown, productId: known === null || known === 'several' ? null : known.id }
  })
  const ofProduct = groupBy(
    lines.filter((one) => one.productId !== null),
    (one) => one.productId ?? '',
  )
  for (const group of ofProduct.values()) noteClashes(group)
  const prices = [...ofProduct].flatMap(([productId, group]) =>
    group.some((one) => one.error) ? [] : [priceOf(productId, group)],
  )
  const standing = await db.bookPrice.findMany({ where: { bookId, productId: { in: prices.map((one) => one.productId) } } })
  const before = new Map(standing.map((row) => [row.productId, row]))
  const isSame = ({ productId, price, steps, marginBp }: NewPrice) => {
    const row = before.get(productId)
    return (
      row !== undefined &&
      (row.price?.toFixed() ?? null) === price &&
      JSON.stringify(kept.parse(row.steps)) === JSON.stringify(steps) &&
      (marginBp === null || row.marginBp === marginBp)
    )
  }
  const same = prices.filter(isSame).length
  const fresh = prices.filter(({ productId }) => !before.has(productId)).length
  return {
    rows: lines.map(({ id, error, productId }) => ({ id, error, productId })),
    prices,
    ...{ fresh, same, known: prices.length - fresh - same },
  }
}

function noteClashes(group: Line[]): void {
  for (const twins of groupBy(group, ({ values }) => values.fromQty ?? '').values())
    for (const twin of twins.slice(1)) twin.error ??= `和第 ${twins[0]?.line} 行是同一产品、同一起订量`
  if (group.filter(({ values }) => values.fromQty !== null).length > MOST_STEPS)
    for (const one of group) one.error ??= `一个产品最多 ${MOST_STEPS} 级阶梯价`
  const byQty = group.filter((one) => !one.error).sort((a, b) => (fromOf(a) < fromOf(b) ? -1 : 1))
  for (const [i, one] of byQty.entries()) {
    const before = byQty[i - 1]
    if (before && priceUnits(one.values.price ?? '0') > priceUnits(before.values.price ?? '0'))
      one.error = `量更大，单价却比第 ${before.line} 行的高`
  }
  const wrong = group.find((one) => one.error)
  if (wrong) for (const one of group) one.error ??= `同一产品的第 ${wrong.line} 行有问题，一起改好再导`
}

const fromOf = ({ values }: Line): bigint => qtyUnits(values.fromQty ?? '0')

const priceOf = (productId: string, group: Line[]): NewPrice => ({
  productId,
  price: group.find(({ values }) => values.fromQty === null)?.values.price ?? null,
  steps: group
    .flatMap(({ values: { fromQty, price } }) => (fromQty !== null && price !== null ? [{ fromQty, price }] : []))
    .sort((a, b) => (qtyUnits(a.fromQty) < qtyUnits(b.fromQty) ? -1 : 1)),
  marginBp: group.find(({ values }) => values.marginBp !== null)?.values.marginBp ?? null,
})
