import { afterAll, beforeAll, expect, it } from 'vitest'
import { defaultQuotePolicy } from '../../domain/rule/quote-policy.contract.js'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { writtenBook } from '../../test/factories/price-books.js'
import { makeProduct } from '../../test/factories/products.js'
import { type Server, startServer } from '../../test/factories/server.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let cast: Cast
let lina: string
let wanglei: string
let product: string
beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  cast = await createCast(database.db, new Date())
  server = await startServer({ database: database.url, redis: redis.url })
  ;[lina, wanglei] = await Promise.all([cast.personId('lina'), cast.personId('wanglei')])
  product = await makeProduct(database.db, { name: 'M8螺丝', price: '0.035', unit: '个' })
})
afterAll(async () => {
  await server.close()
  await Promise.all([database.close(), redis.stop()])
})

const post = (path: string, body: object, as = lina) => server.call('POST', path, { as, body: { requestId: newId(), ...body } })
const book = async () =>
  (await post('/api/price-books', writtenBook({ name: '模板 B', tiers: ['VIP', 'VIP'], marginBp: 1_500 }))).json

it('a book is written once however often the tap arrives, edited by who saw it as it is, and stopped', async () => {
  const body = { requestId: newId(), ...writtenBook({ name: '标准价' }) }
  const [once, again] = [await post('/api/price-books', body), await post('/api/price-books', body)]
  expect(again.json.id).toBe(once.json.id)
  const path = `/api/price-books/${once.json.id}`
  const edited = await post(path, { version: 1, ...writtenBook({ name: '标准价 2026', discountBp: 9_800 }) })
  expect(edited.json).toMatchObject({ name: '标准价 2026', discountBp: 9_800, version: 2, inForce: true })
  expect(await post(path, { version: 1, ...writtenBook() })).toMatchObject({
    status: 409,
    json: { error: { code: 'changed-meanwhile' } },
  })
  expect((await post(`${path}/stop`, { version: 2, stopped: true })).json).toMatchObject({ stopped: true, inForce: false })
  expect((await post(`/api/price-books/${newId()}`, { version: 1, ...writtenBook() })).status).toBe(404)
})

it('wants what makes sense: days in order, ladders that rise, no margin of 100 %', async () => {
  const wrong = [
    { validFrom: '2026-12-01', validUntil: '2026-11-30' },
    {
      rebates: [
        { fromFen: 100, rateBp: 200 },
        { fromFen: 200, rateBp: 100 },
      ],
    },
    { marginBp: 10_000 },
    { discountBp: 0 },
    { name: ' ' },
  ]
  for (const some of wrong) expect((await post('/api/price-books', { ...writtenBook(), ...some })).status).toBe(400)
})

it('a product’s price in it is set, found, and taken out', async () => {
  const { id } = await book()
  const prices = `/api/price-books/${id}/prices`
  const said = { productId: product, price: '0.031', steps: [{ fromQty: '1000', price: '0.029' }], marginBp: 900 }
  expect((await post(prices, said)).json).toMatchObject({ name: 'M8螺丝', listPrice: '0.035', price: '0.031' })
  expect((await post(prices, { ...said, price: '0.03' })).json).toMatchObject({ price: '0.03' })
  expect((await post(prices, { ...said, steps: [{ fromQty: '1000', price: '0.04' }] })).status).toBe(400)
  expect((await post(prices, { ...said, productId: newId() })).status).toBe(404)
  const page = async (query: string) => (await server.get(`/api/price-books/${id}?query=${query}`, lina)).json.prices.length
  expect([await page('m8'), await page('m9')]).toEqual([1, 0])
  expect((await post(`${prices}/drop`, { productId: product })).json).toEqual({})
  expect(await page('')).toBe(0)
})

it('a rep reads prices and no least margins, and writes none', async () => {
  const { id, ...mine } = await book()
  expect(mine).toMatchObject({ tiers: ['VIP'], marginBp: 1_500 })
  const seen = (await server.get(`/api/price-books/${id}`, wanglei)).json
  expect(seen).toMatchObject({ mayEdit: false, book: { tiers: ['VIP'], marginBp: null } })
  expect((await post('/api/price-books', writtenBook(), wanglei)).status).toBe(403)
  expect((await post(`/api/price-books/${id}`, { version: 1, ...writtenBook() }, wanglei)).status).toBe(403)
  expect((await server.get('/api/price-books', wanglei)).json.tiers).toContain('VIP')
})

it('the quote policy is set by who saw it as it is, and its history says what changed', async () => {
  const path = '/api/settings/quote-policy'
  expect((await server.get(path, lina)).json).toMatchObject({ value: defaultQuotePolicy, version: 0, by: null })
  const value = {
    ...defaultQuotePolicy,
    leastMarginBp: 2_000,
    deciders: [lina],
    quotas: [{ region: '华东', monthFen: 100_000_000 }],
  }
  expect((await post(path, { expected: 0, value })).json).toMatchObject({
    version: 1,
    by: '李娜',
    value: { leastMarginBp: 2_000 },
  })
  expect((await post(path, { expected: 0, value })).status).toBe(409)
  const half = [[{ label: '定金', shareBp: 3_000, when: '下单时' }]]
  expect((await post(path, { expected: 1, value: { ...value, instalmentTemplates: half } })).status).toBe(400)
  expect((await server.get(`${path}/history`, lina)).json.versions[0].changes).toEqual([
    { what: '最低毛利', before: '18.5%', after: '20%' },
    { what: '区域配额', before: '没有', after: '华东 1,000,000.00 元' },
    { what: '审批人', before: '上级', after: '李娜' },
  ])
  expect((await post(path, { expected: 1, value }, wanglei)).status).toBe(403)
  // The setting that all others go by is the same one.
  expect((await server.get('/api/admin/rules/quotePolicy', lina)).json.value).toMatchObject({ leastMarginBp: 2_000 })
})

it('trade terms are a lead’s to set, by what they saw; a rep reads those of their own customers', async () => {
  const { id } = await cast.customer('wmRenji')
  const path = `/api/customers/${id}/trade-terms`
  const { tier, region, creditFen } = (await server.get(path, wanglei)).json
  const was = { tier, region, creditFen }
  const next = { tier: 'VIP', region: '华东', creditFen: 50_000_000 }
  expect((await post(path, { ...next, was }, wanglei)).status).toBe(403)
  expect((await post(path, { ...next, was })).json).toMatchObject({ ...next, mayEdit: true })
  expect((await post(path, { ...next, tier: 'A', was })).status).toBe(409)
  expect((await post(path, { ...next, tier: 'A', was: next })).json).toMatchObject({ tier: 'A' })
  expect((await server.get(path, await cast.personId('chenjing'))).status).toBe(404)
  expect(await database.db.auditEntry.count({ where: { verb: 'trade-terms-set', subject: `customer:${id}` } })).toBe(2)
})
