import type { Reader } from '../../lib/db.js'
import { divideRounded, lineFen } from '../../lib/format/amount.js'

type Cost = { cost: string | null; taxBp: number }
type Line = { productId: string | null; qty: string }

/** 分 without tax that a line costs us; null: nobody knows. Rounded to 分 with the tax in it, and once more without. */
export function costOfLine({ productId, qty }: Line, costs: Map<string, Cost>): bigint | null {
  const known = productId === null ? undefined : costs.get(productId)
  return known?.cost ? withoutTax(lineFen({ price: known.cost, qty }), known.taxBp) : null
}

/** 分 without tax that lines cost us, gifts included; null: the cost of one is unknown. */
export async function costFenOf(db: Reader, lines: Line[]): Promise<bigint | null> {
  const ids = lines.flatMap(({ productId }) => productId ?? [])
  const products = await db.product.findMany({ where: { id: { in: ids } }, select: { id: true, cost: true, taxBp: true } })
  const costs = new Map(products.map(({ id, cost, taxBp }) => [id, { cost: cost?.toFixed() ?? null, taxBp }]))
  return sumCosts(lines.map((line) => costOfLine(line, costs)))
}

export const sumCosts = (costs: (bigint | null)[]): bigint | null =>
  costs.reduce<bigint | null>((all, one) => (all === null || one === null ? null : all + one), 0n)

/** An amount that has `taxBp` of tax in it, without. */
export const withoutTax = (fen: bigint, taxBp: number): bigint => divideRounded(fen * 10_000n, BigInt(10_000 + taxBp))
