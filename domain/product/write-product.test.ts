import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { makeJpegHead, makePng } from '../../test/factories/pictures.js'
import { makeProduct, writtenProduct } from '../../test/factories/products.js'
import { at, DAY, inWork, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { getPicture } from './get-picture.js'
import { listParams } from './list-params.js'
import { productInput } from './product.contract.js'
import { searchProducts } from './search-products.js'
import { getProduct } from './view-product.js'
import { addPicture, setPictures } from './write-pictures.js'
import { createProduct, editProduct, stopProduct } from './write-product.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
beforeAll(async () => {
  database = await freshDb()
  cast = await createCast(database.db)
})
afterAll(() => database.close())

const SCREW = writtenProduct({
  name: '自攻螺钉',
  spec: 'ST3.5×16',
  code: 'ZG-3516',
  unit: '千只',
  price: '0.035',
  cost: '0.0281',
})
const by = async (who: string) => ({ actor: await cast.actor(who), db: database.db })

it('a product is made, found, edited and stopped; each edit says which version it saw', async () => {
  const { actor, db } = await by('sunyue')
  const { id } = await inWork(db, (work) => createProduct(work, actor, { ...SCREW, stock: '1200.5' }))
  expect(await getProduct(db, actor, id)).toMatchObject({
    ...{ price: '0.035', cost: '0.0281', stock: '1200.5', stockAt: NOW.toISOString(), version: 1, mayEdit: true, stopped: false },
  })
  const later = at(DAY)
  const edited = { ...SCREW, id, version: 1, name: '自攻钉', stock: '1200.50', price: '0.000001' }
  await inWork(db, (work) => editProduct(work, actor, edited), later)
  const view = await getProduct(db, actor, id)
  // The same stock was not counted anew; six places stay six places.
  expect(view).toMatchObject({ name: '自攻钉', price: '0.000001', version: 2, stockAt: NOW.toISOString() })
  expect(await searchProducts(db, { query: 'zgd', take: 5 })).toMatchObject([{ id }])
  expect(await searchProducts(db, { query: '自攻螺钉', take: 5 })).toEqual([])

  await expect(inWork(db, (work) => editProduct(work, actor, edited))).rejects.toMatchObject({ code: 'changed-meanwhile' })
  await expect(inWork(db, (work) => stopProduct(work, actor, { id, version: 1, stopped: true }))).rejects.toThrow()
  await inWork(db, (work) => stopProduct(work, actor, { id, version: 2, stopped: true }))
  expect(await searchProducts(db, { query: 'zgd', take: 5 })).toEqual([])
  const entry = await db.auditEntry.findFirstOrThrow({ where: { verb: 'product-edited' }, include: { content: true } })
  expect(entry.content?.content).toMatchObject({ before: { price: '0.035' }, after: { price: '0.000001' } })
})

it('a code is one product, also when two are made at the same moment', async () => {
  const { actor, db } = await by('lina')
  const input = writtenProduct({ name: '膨胀螺栓', code: 'PZ-10' })
  const made = await Promise.allSettled([1, 2, 3].map(() => inWork(db, (work) => createProduct(work, actor, input))))
  expect(made.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  expect(made.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'code-taken' } })
})

it('a rep sees no cost and changes nothing', async () => {
  const { actor, db } = await by('wanglei')
  const id = await makeProduct(db, { name: '垫圈', cost: '0.5' })
  expect(await getProduct(db, actor, id)).toMatchObject({ cost: null, mayEdit: false })
  await expect(inWork(db, (work) => createProduct(work, actor, SCREW))).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(inWork(db, (work) => editProduct(work, actor, { ...SCREW, id, version: 1 }))).rejects.toThrow()
  const pair = { data: makePng(300, 200), small: makePng(150, 100) }
  await expect(inWork(db, (work) => addPicture(work, actor, { productId: id, ...pair }))).rejects.toThrow()
})

it('what is written of a product is exact or refused', () => {
  const read = (some: object) => productInput.safeParse({ ...SCREW, ...some }).success
  expect(read({ price: '0.000001' })).toBe(true)
  for (const price of ['0', '0.000000', '-1', '0.0000001', '1e3', '1,5', '', 1]) expect(read({ price })).toBe(false)
  for (const some of [{ name: ' ' }, { unit: '' }, { taxBp: 10_001 }, { stock: '1.2345' }, { code: '' }])
    expect(read(some)).toBe(false)
})

it('pictures come in pairs, are put in order and dropped, and a dropped one is still there for quotes that show it', async () => {
  const { actor, db } = await by('sunyue')
  const productId = await makeProduct(db, { name: '冲击钻' })
  const [data, small] = [makePng(300, 200), makePng(150, 100)]
  const add = (pair = { data, small }) => inWork(db, (work) => addPicture(work, actor, { productId, ...pair }))
  const [first, second] = [await add(), await add()]
  await expect(add({ data: new Uint8Array(Buffer.from('<svg/>')), small })).rejects.toMatchObject({ code: 'not-a-picture' })
  await expect(add({ data, small: makePng(100, 100) })).rejects.toMatchObject({ code: 'not-a-picture' })
  await expect(add({ data, small: makePng(600, 400) })).rejects.toMatchObject({ code: 'not-a-picture' })
  await expect(add({ data: data.subarray(0, 0), small: data })).rejects.toMatchObject({ code: 'not-a-picture' })

  const set = (pictureIds: string[]) => inWork(db, (work) => setPictures(work, actor, { productId, pictureIds }))
  await set([second.id, first.id])
  expect((await getProduct(db, actor, productId)).pictures).toEqual([
    { id: second.id, width: 300, height: 200 },
    { id: first.id, width: 300, height: 200 },
  ])
  await set([first.id])
  expect(await getProduct(db, actor, productId)).toMatchObject({ pictureId: first.id, pictures: [{ id: first.id }] })
  await expect(set([second.id])).rejects.toMatchObject({ code: 'changed-meanwhile' })
  expect(await getPicture(db, second.id, 'whole')).toMatchObject({ type: 'image/png', width: 300, height: 200 })
  expect(Buffer.from((await getPicture(db, second.id, 'small'))?.data ?? []).equals(Buffer.from(small))).toBe(true)
  await expect(db.productPicture.update({ where: { id: first.id }, data: { data: small } })).rejects.toThrow()
})

it('a picture that a phone kept lying stands as it is shown', async () => {
  const { actor, db } = await by('sunyue')
  const productId = await makeProduct(db, { name: '梯子' })
  const pair = { data: makeJpegHead(4_000, 3_000), small: makePng(120, 160) }
  await inWork(db, (work) => addPicture(work, actor, { productId, ...pair }))
  expect((await getProduct(db, actor, productId)).pictures).toMatchObject([{ width: 3_000, height: 4_000 }])
})

it('the library of parameters has what products of a line say, the most frequent first', async () => {
  const { db } = database
  const screw = (value: string, line = '紧固件') =>
    makeProduct(db, {
      name: '螺母',
      line,
      params: [
        { name: '材质', value },
        { name: `只有${value}`, value: '1' },
      ],
    })
  for (const value of ['碳钢', '304', '304']) await screw(value)
  await screw('塑料', '耗材')
  expect((await listParams(db, '紧固件')).params[0]).toEqual({ name: '材质', values: ['304', '碳钢'] })
  expect((await listParams(db, null)).params[0]).toEqual({ name: '材质', values: ['304', '塑料', '碳钢'] })
})
