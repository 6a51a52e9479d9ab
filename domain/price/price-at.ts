import { priceAt, priceUnits, qtyUnits } from '../../lib/format/amount.js'
import type { PriceSteps } from './price.contract.js'

/** What a book says of one product: its own price, or the book's discount on the list price; and its steps. */
export type Offer = { price: string | null; steps: PriceSteps; discountBp: number | null; listPrice: string | null }

/**
 * 元 a unit at a quantity, or null where the book names none. The lowest of its price and all steps that are reached, so that more
 * never costs more a unit whatever somebody wrote into the steps.
 */
export function offerAt({ price, steps, discountBp, listPrice }: Offer, qty: string): string | null {
  const base = price ?? (listPrice === null ? null : discountBp === null ? listPrice : priceAt(listPrice, discountBp))
  const reached = steps.filter(({ fromQty }) => qtyUnits(fromQty) <= qtyUnits(qty)).map((step) => step.price)
  return [...(base === null ? [] : [base]), ...reached].reduce<string | null>(
    (lowest, one) => (lowest === null || priceUnits(one) < priceUnits(lowest) ? one : lowest),
    null,
  )
}
