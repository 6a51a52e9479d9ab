import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { pricesFor } from '../../domain/price/prices-for.js'
import { getPicture } from '../../domain/product/get-picture.js'
import { searchProducts } from '../../domain/product/search-products.js'
import { pictureSize } from '../../lib/picture-size.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { inWork } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { type DemoCatalogue, seedCatalogue } from './seed-catalogue.js'

const catalogue = JSON.parse(readFileSync(new URL('./catalogue.json', import.meta.url), 'utf8')) as DemoCatalogue

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
beforeAll(async () => {
  database = await freshDb()
  cast = await createCast(database.db)
  await inWork(database.db, (work) => seedCatalogue(work, catalogue))
})
afterAll(() => database.close())

it('what customers of the demo ask for is found as they say it, each with a picture that a phone can bear', async () => {
  const { db } = database
  const first = async (query: string) => (await searchProducts(db, { query, take: 1 }))[0]
  for (const [query, code] of [
    ['M8螺丝', 'LS-304-0830'],
    ['锁定钢板 7 孔', 'LD-7K'],
    ['膨胀螺栓 M10×80', 'PZ-1080'],
    ['304 六角螺栓', 'LS-304-0830'],
    ['chongxing', 'KG-ZX'],
    ['dianzuan', 'CJ-20V'],
  ] as const)
    expect((await first(query))?.code).toBe(code)
  const all = await searchProducts(db, { query: '', take: 50 })
  expect(all.length).toBe(catalogue.products.length)
  for (const { pictureId } of all) {
    const [whole, small] = [await getPicture(db, pictureId ?? '', 'whole'), await getPicture(db, pictureId ?? '', 'small')]
    expect(whole?.data.byteLength).toBeLessThan(12 * 1024)
    expect(pictureSize(small?.data ?? new Uint8Array())).toEqual({ width: 160, height: 120 })
  }
})

it('VIP has the prices of its template, everybody else the standard ones; one product has an open risk', async () => {
  const { db } = database
  const plate = await db.product.findUniqueOrThrow({ where: { code: 'LD-7K' } })
  const at = async (external: string, qty: string) => {
    const customer = await cast.customer(external)
    const prices = await pricesFor(db, customer, '2026-11-23', [{ productId: plate.id, qty }])
    return [prices.of.get(plate.id)?.price, prices.of.get(plate.id)?.book, prices.rebates.length]
  }
  expect(await at('wmRenji', '200')).toEqual(['398', 'VIP 模板B', 3])
  expect(await at('wmHuaqiang', '200')).toEqual(['425', null, 0])
  expect(await db.customer.count({ where: { creditFen: { not: null }, region: { not: null } } })).toBe(3)
  expect((await searchProducts(db, { query: '', take: 50 })).filter((one) => one.risks > 0)).toMatchObject([{ code: 'CJ-20V' }])
})
