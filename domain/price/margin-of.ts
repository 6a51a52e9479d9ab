import { withoutTax } from './cost-of.js'

type Tax = { included: boolean; rateBp: number }
type Sold = {
  totals: { subtotalFen: number; discountFen: number; rebateFen: number }
  tax: Tax
  /** Without tax, gifts included; null: unknown. */
  costFen: bigint | null
}

/**
 * What is left of the goods' price in ten thousandths, rounded down so that a margin which reads as enough is enough; null where a
 * cost is unknown. Price and cost are both without tax; a discount and the rebate at this total are no revenue; freight stays out
 * of both sides. Less than nothing for goods below their cost.
 */
export function marginBpOf({ totals, tax, costFen }: Sold): number | null {
  if (costFen === null) return null
  const { subtotalFen, discountFen, rebateFen } = totals
  return shareLeft(netOf(BigInt(subtotalFen - discountFen), tax) - withoutTax(BigInt(rebateFen), tax.rateBp), costFen)
}

/** An amount of lines as a quote with this tax writes it, without tax. */
export const netOf = (fen: bigint, tax: Tax): bigint => (tax.included ? withoutTax(fen, tax.rateBp) : fen)

/** (net − cost) ÷ net. Nothing taken for something that cost us is as bad as it gets. */
export function shareLeft(net: bigint, cost: bigint): number {
  if (net <= 0n) return cost > 0n ? LOWEST : 0
  const top = (net - cost) * 10_000n
  const down = top / net - (top < 0n && top % net !== 0n ? 1n : 0n)
  return Math.max(LOWEST, Number(down))
}
const LOWEST = -1_000_000
