import type { DraftCheck, DraftLine } from '../../../../domain/quote/quote.contract.js'

/** Prices that lines took from the customer's price book, by line: whoever still has theirs follows the book. */
export type Booked = Map<string, string>
export type Followed = { lineId: string; name: string; from: string; to: string }

/**
 * A price book names another price when the quantity reaches a step. Lines that had its price take the new one; a price that the
 * rep typed stays. `asked` is the quantity that each price is for: an answer to an older question changes nothing.
 */
export function followBook(
  lines: DraftLine[],
  prices: DraftCheck['prices'],
  booked: Booked,
  asked: ReadonlyMap<string, string>,
): Followed[] {
  const followed: Followed[] = []
  for (const line of lines) {
    const price = prices[line.id]?.price
    if (price === undefined || line.productId === null || asked.get(line.id) !== line.qty) continue
    const before = booked.get(line.id)
    booked.set(line.id, price)
    if (samePrice(line.price, price) || before === undefined || !samePrice(line.price, before)) continue
    followed.push({ lineId: line.id, name: line.name, from: line.price, to: price })
    line.price = price
  }
  return followed
}

/** 「0.50」 is 「0.5」. */
export const samePrice = (a: string, b: string): boolean => bare(a) === bare(b)
const bare = (price: string) => (price.includes('.') ? price.replace(/\.?0+$/, '') : price).replace(/^0+(?=\d)/, '')
