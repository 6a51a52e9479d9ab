import { type BookInput, type BookPriceInput, bookInput, bookPriceInput } from '../../domain/price/price.contract.js'
import { createBook } from '../../domain/price/write-book.js'
import { setBookPrice } from '../../domain/price/write-price.js'
import type { Cast } from './cast.js'
import { inWork, NOW } from './work.js'

export const writtenBook = (some: Partial<BookInput> = {}): BookInput =>
  bookInput.parse({
    name: '标准价',
    tiers: [],
    validFrom: null,
    validUntil: null,
    discountBp: null,
    marginBp: null,
    rebates: [],
    ...some,
  })

/** A price book as a manager writes it, with prices of products; its id. */
export async function makeBook(
  cast: Cast,
  some: Partial<BookInput>,
  prices: Record<string, Partial<BookPriceInput>> = {},
  at = NOW,
) {
  const manager = await cast.actor('lina')
  return inWork(
    cast.db,
    async (work) => {
      const id = await createBook(work, manager, writtenBook(some))
      for (const [productId, said] of Object.entries(prices))
        await setBookPrice(
          work,
          manager,
          id,
          bookPriceInput.parse({ productId, price: null, steps: [], marginBp: null, ...said }),
        )
      return id
    },
    at,
  )
}
