import { expect, it } from 'vitest'
import type { BookPriceView, BookView } from '../../../../domain/price/price.contract.js'
import { bookLine, discountWords, ownPrice, standing } from './book-words.js'

const book: BookView = {
  ...{ id: 'b', name: 'VIP', tiers: ['VIP'], validFrom: null, validUntil: null, discountBp: 9500, marginBp: null, products: 0 },
  ...{ rebates: [{ fromFen: 1_000_000, rateBp: 100 }], inForce: true, stopped: false, updatedAt: '', version: 1 },
}
const price: BookPriceView = {
  ...{
    productId: 'p',
    code: null,
    name: '螺钉',
    spec: null,
    unit: '个',
    listPrice: '0.035',
    price: null,
    steps: [],
    marginBp: null,
  },
}

it('says a discount as people do', () => {
  expect([9500, 9000, 8850, 10_000].map(discountWords)).toEqual(['95 折', '9 折', '88.5 折', '按标价'])
})

it('says in one line what a book is about', () => {
  expect(bookLine(book)).toBe('标价的 95 折 · 返点最高 1%')
  expect(bookLine({ ...book, discountBp: null, rebates: [] })).toBe('还没有写价')
})

it('knows one that is over from one that has not begun', () => {
  const closed = { ...book, inForce: false }
  expect(standing({ ...closed, validFrom: '2026-12-01' }, '2026-11-22').words).toBe('还没开始')
  expect(standing({ ...closed, validUntil: '2026-11-01' }, '2026-11-22').words).toBe('已过期')
})

it('what a piece costs: its own price, else the discount on the list price, exactly', () => {
  expect(ownPrice(price, book)).toBe('0.03325 元/个')
  expect(ownPrice({ ...price, price: '0.0335' }, book)).toBe('0.0335 元/个')
  expect(ownPrice({ ...price, listPrice: null }, book)).toBe('面议')
})
