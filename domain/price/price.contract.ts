import * as z from 'zod/mini'
import { bp, fen, price, qty } from '../quote/quote.contract.js'

export const MOST_STEPS = 10
const MOST_TIERS = 20
const said = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most))
const isoDay = z.iso.date()
const isAscending = (numbers: number[]) => numbers.every((one, at) => at === 0 || one > (numbers[at - 1] ?? 0))

/** 阶梯价: from so many on, 元 a unit. More never costs more a unit. */
export const priceSteps = z.array(z.object({ fromQty: qty, price })).check(
  z.maxLength(MOST_STEPS),
  z.refine((steps) => isAscending([0, ...steps.map(({ fromQty }) => Number(fromQty))])),
  z.refine((steps) => steps.every((step, at) => at === 0 || Number(step.price) <= Number(steps[at - 1]?.price))),
)
export type PriceSteps = z.infer<typeof priceSteps>

/** 阶梯返点: from such a total on, so much of it is given back. A larger total never gets a smaller rate. */
export const rebates = z.array(z.object({ fromFen: fen, rateBp: bp })).check(
  z.maxLength(10),
  z.refine((rungs) => isAscending([-1, ...rungs.map(({ fromFen }) => fromFen)])),
  z.refine((rungs) => isAscending([0, ...rungs.map(({ rateBp }) => rateBp)])),
)
export type Rebates = z.infer<typeof rebates>

/** What somebody writes of a book. The same for a new one and for an edit. */
export const bookInput = z
  .object({
    name: said(40),
    /** None: for everybody, behind the books of their own tier. */
    tiers: z.array(said(20)).check(z.maxLength(MOST_TIERS)),
    /** Days in Shanghai, both included; null: open. */
    validFrom: z.nullable(isoDay),
    validUntil: z.nullable(isoDay),
    /** Of the list price, where the book names none: 9500 is 95 折. */
    discountBp: z.nullable(bp.check(z.minimum(1))),
    /** 最低毛利; null: as the quote policy says. Below 100 %, because nothing sells at that. */
    marginBp: z.nullable(bp.check(z.maximum(9_900))),
    rebates,
  })
  .check(z.refine(({ validFrom, validUntil }) => !validFrom || !validUntil || validFrom <= validUntil))
export type BookInput = z.infer<typeof bookInput>

export const bookView = z.object({
  id: z.string(),
  name: z.string(),
  tiers: z.array(z.string()),
  validFrom: z.nullable(z.string()),
  validUntil: z.nullable(z.string()),
  discountBp: z.nullable(z.int()),
  /** Null to whoever may not see margins, too. */
  marginBp: z.nullable(z.int()),
  rebates,
  /** Products that it names itself. */
  products: z.int(),
  /** It counts today. */
  inForce: z.boolean(),
  stopped: z.boolean(),
  updatedAt: z.string(),
  /** An edit says which one it saw. */
  version: z.int(),
})
export type BookView = z.infer<typeof bookView>
/** `tiers`: those that customers and books have, to choose from. */
export const bookList = z.object({ books: z.array(bookView), tiers: z.array(z.string()), mayEdit: z.boolean() })
export type BookList = z.infer<typeof bookList>

export const bookPriceView = z.object({
  productId: z.string(),
  code: z.nullable(z.string()),
  name: z.string(),
  spec: z.nullable(z.string()),
  unit: z.string(),
  /** 标价 */
  listPrice: z.nullable(z.string()),
  /** The book's own; null: its discount on the list price. */
  price: z.nullable(z.string()),
  steps: z.array(z.object({ fromQty: z.string(), price: z.string() })),
  marginBp: z.nullable(z.int()),
})
export type BookPriceView = z.infer<typeof bookPriceView>
/** `next`: `from` of the next page; null: that was all. */
export const bookPage = z.object({
  book: bookView,
  prices: z.array(bookPriceView),
  next: z.nullable(z.int()),
  mayEdit: z.boolean(),
})
export type BookPage = z.infer<typeof bookPage>

/** One product's price in a book. Steps start below its price and above nothing. */
export const bookPriceInput = z
  .object({
    productId: z.uuid(),
    price: z.nullable(price.check(z.refine((text) => /[1-9]/.test(text)))),
    steps: priceSteps,
    marginBp: z.nullable(bp.check(z.maximum(9_900))),
  })
  .check(z.refine(({ price, steps }) => price === null || !steps[0] || Number(steps[0].price) <= Number(price)))
export type BookPriceInput = z.infer<typeof bookPriceInput>

const requested = z.object({ requestId: z.uuid() })
export const createBookInput = z.intersection(requested, bookInput)
export const editBookInput = z.intersection(z.object({ requestId: z.uuid(), version: z.int() }), bookInput)
export const stopBookInput = z.object({ requestId: z.uuid(), version: z.int(), stopped: z.boolean() })
export const setPriceInput = z.intersection(requested, bookPriceInput)
export const dropPriceInput = z.object({ requestId: z.uuid(), productId: z.uuid() })
