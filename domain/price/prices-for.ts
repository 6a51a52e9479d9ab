import type { Reader } from '../../lib/db.js'
import { priceOf, priceUnits, qtyUnits } from '../../lib/format/amount.js'
import { type Book, booksInForce } from './books-in-force.js'
import { priceSteps, type Rebates } from './price.contract.js'
import { offerAt } from './price-at.js'

export type Wanted = { productId: string; qty: string }
/** 元 a unit with the product's tax in it. `book`: its name; null: the list price. `leastBp`: 最低毛利 of this product in it. */
export type Priced = {
  price: string
  listPrice: string | null
  taxBp: number
  book: string | null
  /** ISO day until which the book holds; null: open. */
  until: string | null
  leastBp: number | null
}
export type Prices = {
  /** By product. One without a price in any book and on the list is missing. */
  of: Map<string, Priced>
  /** 阶梯返点, and 最低毛利 of the whole; of the first book that says so. */
  rebates: Rebates
  leastBp: number | null
}

/**
 * What a customer pays for products on a day (ISO, Shanghai): as the first of their books says that says something, else the list
 * price. The same product on several lines counts together: two lots of 60 reach the step at 100.
 */
export async function pricesFor(db: Reader, customer: { tier: string | null }, day: string, wanted: Wanted[]): Promise<Prices> {
  const quantities = new Map<string, bigint>()
  for (const { productId, qty } of wanted) quantities.set(productId, (quantities.get(productId) ?? 0n) + qtyUnits(qty))
  const ids = [...quantities.keys()]
  const books = await booksInForce(db, customer.tier, day)
  const [products, rows] = await Promise.all([
    db.product.findMany({ where: { id: { in: ids } }, select: { id: true, price: true, taxBp: true } }),
    db.bookPrice.findMany({ where: { productId: { in: ids }, bookId: { in: books.map(({ id }) => id) } } }),
  ])
  const rowOf = new Map(rows.map((row) => [`${row.bookId} ${row.productId}`, row]))
  const of = new Map<string, Priced>()
  for (const { id, price, taxBp } of products) {
    const listPrice = price?.toFixed() ?? null
    const qty = thousandths(quantities.get(id) ?? 0n)
    const said = firstOf(books, (book) => {
      const row = rowOf.get(`${book.id} ${id}`)
      if (!row && book.discountBp === null) return null
      const steps = priceSteps.safeParse(row?.steps ?? []).data ?? []
      const offer = { price: row?.price?.toFixed() ?? null, steps, discountBp: book.discountBp, listPrice }
      const at = offerAt(offer, qty)
      return at === null ? null : { price: at, book: book.name, until: book.validUntil, leastBp: row?.marginBp ?? null }
    })
    if (said) of.set(id, { ...said, listPrice, taxBp })
    else if (listPrice !== null) of.set(id, { price: listPrice, listPrice, taxBp, book: null, until: null, leastBp: null })
  }
  const rebates = books.find((book) => book.rebates.length > 0)?.rebates ?? []
  return { of, rebates, leastBp: books.find((book) => book.marginBp !== null)?.marginBp ?? null }
}

function firstOf<T>(books: Book[], say: (book: Book) => T | null): T | null {
  for (const book of books) {
    const said = say(book)
    if (said !== null) return said
  }
  return null
}

/** 1500n → 「1.5」. */
const thousandths = (units: bigint) => priceOf(units * 1_000n)

/**
 * A price that has `taxBp` of tax in it, as a quote with that tax writes it: the same net price. 0.0339 with 13 % is 0.03 where tax
 * comes on top. Rounded to six places.
 */
export function onFooting(price: string, taxBp: number, tax: { included: boolean; rateBp: number }): string {
  const inside = tax.included ? tax.rateBp : 0
  if (inside === taxBp) return price
  const [top, bottom] = [priceUnits(price) * BigInt(10_000 + inside), BigInt(10_000 + taxBp)]
  return priceOf((2n * top + bottom) / (2n * bottom))
}
