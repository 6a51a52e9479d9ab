import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { makeBook } from '../../test/factories/price-books.js'
import { makeProduct } from '../../test/factories/products.js'
import { at, DAY, inWork } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { pricesFor } from './prices-for.js'
import { stopBook } from './write-book.js'

const TODAY = '2026-11-23'
let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let screw: string
let plate: string
beforeAll(async () => {
  database = await freshDb()
  cast = await createCast(database.db)
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.bookPrice.deleteMany()
  await database.db.priceBook.deleteMany()
  screw = await makeProduct(database.db, { name: 'M8螺丝', price: '0.035' })
  plate = await makeProduct(database.db, { name: '钢板', price: '400' })
})

const priceOf = async (tier: string | null, { day = TODAY, productId = screw, qty = '1' } = {}) => {
  const said = (await pricesFor(database.db, { tier }, day, [{ productId, qty }])).of.get(productId)
  return said && `${said.price} ${said.book}`
}

describe('what a customer pays', () => {
  it('is what the book of their tier says, else the one for everybody, else the list price', async () => {
    expect(await priceOf('VIP')).toBe('0.035 null')
    await makeBook(cast, { name: '标准价' }, { [screw]: { price: '0.034' }, [plate]: { price: '390' } })
    await makeBook(cast, { name: '模板 B', tiers: ['VIP', '战略'] }, { [screw]: { price: '0.031' } })
    expect(await priceOf('VIP')).toBe('0.031 模板 B')
    expect(await priceOf('vip ')).toBe('0.031 模板 B')
    expect(await priceOf('战略')).toBe('0.031 模板 B')
    expect(await priceOf('A')).toBe('0.034 标准价')
    expect(await priceOf(null)).toBe('0.034 标准价')
    expect(await priceOf('VIP', { productId: plate })).toBe('390 标准价')
  })

  it('is a discount on the list where the book has one, though another book names the product', async () => {
    await makeBook(cast, { name: '标准价' }, { [plate]: { price: '390' } })
    await makeBook(cast, { name: '模板 B', tiers: ['VIP'], discountBp: 9_500 }, { [screw]: { price: '0.03' } })
    expect(await priceOf('VIP', { productId: plate })).toBe('380 模板 B')
    expect(await priceOf('VIP')).toBe('0.03 模板 B')
  })

  it('holds from a book’s first day to its last, both included; the newer one comes over the standing one', async () => {
    await makeBook(cast, { name: '标准价' }, { [screw]: { price: '0.034' } })
    await makeBook(cast, { name: '双十一', validFrom: '2026-11-10', validUntil: '2026-11-23' }, { [screw]: { price: '0.03' } })
    const on = async (day: string) => priceOf(null, { day })
    expect(await on('2026-11-09')).toBe('0.034 标准价')
    expect([await on('2026-11-10'), await on('2026-11-23')]).toEqual(['0.03 双十一', '0.03 双十一'])
    expect(await on('2026-11-24')).toBe('0.034 标准价')
  })

  it('is no longer a stopped book’s', async () => {
    const id = await makeBook(cast, { name: '旧价', tiers: ['A'] }, { [screw]: { price: '0.02' } })
    const lina = await cast.actor('lina')
    await inWork(database.db, (work) => stopBook(work, lina, { id, version: 1, stopped: true }), at(DAY))
    expect(await priceOf('A')).toBe('0.035 null')
    await inWork(database.db, (work) => stopBook(work, lina, { id, version: 2, stopped: false }), at(DAY))
    expect(await priceOf('A')).toBe('0.02 旧价')
  })

  it('counts the same product on several lines together: two lots of 60 reach the step at 100', async () => {
    await makeBook(cast, {}, { [screw]: { price: '0.034', steps: [{ fromQty: '100', price: '0.03' }] } })
    expect(await priceOf(null, { qty: '60' })).toBe('0.034 标准价')
    const lots = [
      { productId: screw, qty: '60' },
      { productId: plate, qty: '1' },
      { productId: screw, qty: '60.5' },
    ]
    const { of } = await pricesFor(database.db, { tier: null }, TODAY, lots)
    expect([of.get(screw)?.price, of.get(plate)?.price]).toEqual(['0.03', '400'])
  })

  it('is nothing where no book and no list names one', async () => {
    const agreed = await makeProduct(database.db, { name: '非标件', price: null })
    expect(await priceOf('VIP', { productId: agreed })).toBeUndefined()
    await makeBook(cast, { tiers: ['VIP'] }, { [agreed]: { steps: [{ fromQty: '10', price: '9.9' }] } })
    expect(await priceOf('VIP', { productId: agreed, qty: '9' })).toBeUndefined()
    expect(await priceOf('VIP', { productId: agreed, qty: '10' })).toBe('9.9 标准价')
  })
})

it('rebates and the least margin are the first book’s that says so; a product’s own is its book’s', async () => {
  await makeBook(cast, { name: '标准价', marginBp: 2_000, rebates: [{ fromFen: 100_000, rateBp: 100 }] })
  await makeBook(
    cast,
    { name: '模板 B', tiers: ['VIP'], rebates: [{ fromFen: 50_000, rateBp: 200 }] },
    { [screw]: { price: '0.03', marginBp: 900 } },
  )
  const prices = await pricesFor(database.db, { tier: 'VIP' }, TODAY, [{ productId: screw, qty: '1' }])
  expect(prices).toMatchObject({ leastBp: 2_000, rebates: [{ fromFen: 50_000, rateBp: 200 }] })
  expect(prices.of.get(screw)?.leastBp).toBe(900)
})
