import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeProduct } from '../../test/factories/products.js'
import { freshDb } from '../../test/setup/db.js'
import { searchProducts } from './search-products.js'

let database: Awaited<ReturnType<typeof freshDb>>
beforeAll(async () => {
  database = await freshDb()
  const { db } = database
  await makeProduct(db, { name: '外六角螺栓', spec: 'M8×25 8.8级 镀锌', code: 'LS-M8-25', nicknames: ['大螺丝'], price: '0.035' })
  await makeProduct(db, { name: '外六角螺栓', spec: 'M10×30', code: 'LS-M10-30' })
  await makeProduct(db, { name: '螺丝', spec: 'M6' })
  await makeProduct(db, { name: '加长螺丝刀', nicknames: ['起子'] })
  await makeProduct(db, { name: '重型货架' })
  await makeProduct(db, { name: '银行U盾外壳' })
  await makeProduct(db, { name: '单行行程开关' })
  await makeProduct(db, { name: '绿色套管' })
  await makeProduct(db, { name: '100%_纯铜垫片' })
  await makeProduct(db, { name: '停产螺丝', stopped: true })
})
afterAll(() => database.close())

const finds = async (query: string, more: { stopped?: boolean } = {}) =>
  (await searchProducts(database.db, { query, take: 20, ...more })).map(({ name, spec }) => (spec ? `${name} ${spec}` : name))

it.each([
  ['大螺丝', '外六角螺栓 M8×25 8.8级 镀锌'],
  ['ls-m8-25', '外六角螺栓 M8×25 8.8级 镀锌'],
  ['LSM825', '外六角螺栓 M8×25 8.8级 镀锌'],
  ['M8螺栓', '外六角螺栓 M8×25 8.8级 镀锌'],
  ['m8*25', '外六角螺栓 M8×25 8.8级 镀锌'],
  ['Ｍ８ｘ２５', '外六角螺栓 M8×25 8.8级 镀锌'],
  ['m8luoshuan', '外六角螺栓 M8×25 8.8级 镀锌'],
  ['镀锌 螺栓', '外六角螺栓 M8×25 8.8级 镀锌'],
  ['wljls m10', '外六角螺栓 M10×30'],
  ['qizi', '加长螺丝刀'],
  ['jcls', '加长螺丝刀'],
  ['jiachang', '加长螺丝刀'],
  ['jiazhang', '加长螺丝刀'],
  ['zhongxing', '重型货架'],
  ['chongxing', '重型货架'],
  ['cxhj', '重型货架'],
  ['yinhang', '银行U盾外壳'],
  ['yinxing', '银行U盾外壳'],
  ['yxu', '银行U盾外壳'],
  ['danhangxingcheng', '单行行程开关'],
  ['danxinghangcheng', '单行行程开关'],
  ['lvse', '绿色套管'],
  ['lüse', '绿色套管'],
  ['100%', '100%_纯铜垫片'],
])('「%s」 finds %s', async (query, name) => {
  expect((await finds(query))[0]).toBe(name)
})

it('what is called exactly that comes first, all words have to be there, and signs alone find nothing', async () => {
  expect(await finds('螺丝')).toEqual(['螺丝 M6', '加长螺丝刀', '外六角螺栓 M8×25 8.8级 镀锌'])
  expect(await finds('螺丝 M10')).toEqual([])
  expect(await finds('%')).toEqual([])
  expect(await finds('货_架')).toEqual(['重型货架'])
  expect(await finds("'; DROP TABLE product; --")).toEqual([])
})

it('what is not sold any more is found by whoever asks for it, and a page follows the other', async () => {
  expect(await finds('停产')).toEqual([])
  expect(await finds('停产', { stopped: true })).toEqual(['停产螺丝'])
  const first = await searchProducts(database.db, { query: '', take: 5 })
  const second = await searchProducts(database.db, { query: '', take: 5, from: 5 })
  expect(new Set([...first, ...second].map((one) => one.id)).size).toBe(9)
})
