import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { makeProduct } from '../../test/factories/products.js'
import { inWork } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { searchProducts } from '../product/search-products.js'
import { getProduct } from '../product/view-product.js'
import { findOpenRisks } from './find-open-risks.js'
import { listRisks } from './list-risks.js'
import { closeRisk, openRisk } from './open-risk.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
beforeAll(async () => {
  database = await freshDb()
  cast = await createCast(database.db)
})
afterAll(() => database.close())

it('a quote is told of the open risks of its customer, of its products, and of one of them at this customer', async () => {
  const { db } = database
  const zhao = await cast.actor('zhaoqiang')
  const [drill, screw] = [await makeProduct(db, { name: '冲击钻' }), await makeProduct(db, { name: '沉头螺丝钉' })]
  const [customer, other] = await db.customer
    .findMany({ take: 2, orderBy: { id: 'asc' } })
    .then((rows) => rows.map(({ id }) => id))
  const lina = await cast.actor('lina')
  const opens = (words: string, of: { productId?: string; customerId?: string }, by = lina) =>
    inWork(db, (work) => openRisk(work, by, { productId: null, customerId: null, ...of, words }))
  await opens('连续工作 20 分钟会过热', { productId: drill }, zhao)
  await opens('现场没有接地', { customerId: customer as string })
  await opens('他们的配电带不动', { productId: drill, customerId: customer as string })
  const other1 = await opens('仓库潮湿', { customerId: other as string })

  const words = async (of: Parameters<typeof findOpenRisks>[1]) => (await findOpenRisks(db, of)).map((one) => one.words)
  expect(await words({ customerId: customer as string, productIds: [drill] })).toEqual([
    '连续工作 20 分钟会过热',
    '现场没有接地',
    '他们的配电带不动',
  ])
  expect(await words({ customerId: customer as string, productIds: [screw] })).toEqual(['现场没有接地'])
  expect(await words({ customerId: null, productIds: [drill] })).toEqual(['连续工作 20 分钟会过热'])
  expect((await getProduct(db, zhao, drill)).openRisks).toMatchObject([{ words: '连续工作 20 分钟会过热', openedBy: '赵强' }])
  expect(await searchProducts(db, { query: '冲击钻', take: 1 })).toMatchObject([{ risks: 1 }])

  await inWork(db, (work) => closeRisk(work, lina, { id: other1.id, words: '加了除湿机' }))
  await inWork(db, (work) => closeRisk(work, lina, { id: other1.id, words: '又说一遍' }))
  expect(await words({ customerId: other as string, productIds: [] })).toEqual([])
  expect(await db.techRisk.findUnique({ where: { id: other1.id } })).toMatchObject({ closedWords: '加了除湿机' })
})

it('a rep judges none, a customer of somebody else is not there, and a risk is of something', async () => {
  const { db } = database
  const [rep, zhao] = [await cast.actor('wanglei'), await cast.actor('zhaoqiang')]
  const theirs = await db.customer.findFirstOrThrow({ where: { owner: { name: '陈静' } } })
  const its = { productId: null, customerId: theirs.id, words: '有风险' }
  await expect(inWork(db, (work) => openRisk(work, rep, its))).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(listRisks(db, rep, { customerId: theirs.id })).rejects.toMatchObject({ code: 'no-customer' })
  await expect(inWork(db, (work) => openRisk(work, zhao, its))).rejects.toMatchObject({ code: 'no-customer' })
  await expect(inWork(db, (work) => openRisk(work, zhao, { ...its, customerId: null }))).rejects.toMatchObject({
    code: 'bad-input',
  })
})

it('whoever was asked about a requirement of the customer may say what goes wrong there', async () => {
  const { db } = database
  await cast.captures('wmRenji')
  const zhao = await cast.actor('zhaoqiang')
  const customerId = (await cast.customer('wmRenji')).id
  await inWork(db, (work) => openRisk(work, zhao, { productId: null, customerId, words: '要配适配器' }))
  const { risks, mayJudge } = await listRisks(db, zhao, { customerId })
  expect(mayJudge).toBe(true)
  expect(risks.map((one) => one.words)).toContain('要配适配器')
})
