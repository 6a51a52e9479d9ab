import { Refused } from '../../lib/errors.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import type { BookPriceInput } from './price.contract.js'
import { assertMayPrice } from './write-book.js'

/** What one product costs in a book. */
export async function setBookPrice(work: Work, actor: Actor, bookId: string, input: BookPriceInput): Promise<void> {
  assertMayPrice(actor)
  const { productId, ...said } = input
  const [books, products] = [
    await work.tx.priceBook.count({ where: { id: bookId } }),
    await work.tx.product.count({ where: { id: productId } }),
  ]
  if (books === 0) throw new Refused('no-book', '没有这张价格表', 404)
  if (products === 0) throw new Refused('no-product', '没有这个产品', 404)
  await work.tx.bookPrice.upsert({
    where: { bookId_productId: { bookId, productId } },
    create: { bookId, productId, ...said },
    update: said,
  })
  await record(work, { actor: actor.personId, verb: 'price-set', subject: `price-book:${bookId}`, content: input })
}

/** The book says nothing of it any more: its discount holds, or the next book. */
export async function dropBookPrice(work: Work, actor: Actor, { bookId, productId }: { bookId: string; productId: string }) {
  assertMayPrice(actor)
  const { count } = await work.tx.bookPrice.deleteMany({ where: { bookId, productId } })
  if (count === 0) return
  await record(work, { actor: actor.personId, verb: 'price-drop', subject: `price-book:${bookId}`, content: { productId } })
}
