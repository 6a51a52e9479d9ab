import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import { tellBot } from '../../test/factories/bot.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { makeProduct } from '../../test/factories/products.js'
import { NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE quote, product, price_book CASCADE`
  await database.db.customer.deleteMany({ where: { name: '华强电子' } })
  cast = await createCast(database.db)
  await makeProduct(cast.db, {
    name: 'M8 螺丝',
    spec: 'M8×30 镀锌',
    unit: '箱',
    price: '0.035',
    cost: '0.02',
    nicknames: ['小螺丝'],
  })
  await makeProduct(cast.db, { name: '螺母', spec: 'M10', unit: '箱', price: '12.5', cost: '8' })
  await makeProduct(cast.db, { name: '法兰盘', spec: 'DN50', unit: '个', price: '48', cost: '30' })
  await makeProduct(cast.db, { name: '法兰盘', spec: 'DN80', unit: '个', price: '66', cost: '40' })
})

async function talk(words: string, userid = 'wanglei'): Promise<string> {
  const answers = await tellBot(cast.db, userid, words)
  expect(answers).toHaveLength(1)
  return answers[0] ?? ''
}
const drafts = async () => {
  const rows = await cast.db.quote.findMany({ orderBy: { number: 'asc' }, include: { customer: true } })
  return rows.map(({ customer, draft }) => {
    const { lines, tax, freight, terms, title } = draft as unknown as {
      lines: { name: string; qty: string; unit: string; price: string; gift: boolean; productId: string | null }[]
      tax: object
      freight: { how: string }
      terms: { payment: string; delivery: string }
      title: string
    }
    const said = lines.map(
      ({ name, qty, unit, price, gift, productId }) =>
        `${gift ? '赠 ' : ''}${name} ${qty}${unit} ${price}${productId ? '' : ' 自由'}`,
    )
    return {
      customer: customer.name,
      title,
      lines: said,
      tax,
      freight: freight.how,
      payment: terms.payment,
      delivery: terms.delivery,
    }
  })
}

it('one line becomes a draft at the customer’s prices, read back with its sum and the way to it', async () => {
  const answer = await talk('报价 华强五金 M8螺丝 200箱 含税')
  const [quote] = await cast.db.quote.findMany()
  expect(answer).toMatch(
    new RegExp(`^报价 ${quote?.number} · 华强五金：草稿写好了，还没发出。\n1\\. M8 螺丝 M8×30 镀锌 200 箱 × 0.035 = 7.00 元\n`),
  )
  expect(answer).toContain('含 13% 税，含运费')
  expect(answer).toContain('合计 7.00 元')
  expect(answer).toContain(`核对、发出：https://bulou.test/h5/quote/${quote?.id}/edit`)
  expect(await drafts()).toEqual([
    expect.objectContaining({
      customer: '华强五金',
      title: 'M8 螺丝',
      lines: ['M8 螺丝 200箱 0.035'],
      tax: { included: true, rateBp: 1300 },
    }),
  ])
})

it('several goods, prices in words, a gift and terms: what is said goes before the book', async () => {
  const answer = await talk(
    '报价华强五金 小螺丝200箱3分2，螺母 50箱，送 定制纸箱 20只，不含税 运费到付 月结30天 下周五前交货，尽快',
  )
  expect(await drafts()).toEqual([
    {
      ...{ customer: '华强五金', title: 'M8 螺丝 等 3 项', tax: { included: false, rateBp: 0 }, freight: 'collect' },
      lines: ['M8 螺丝 200箱 0.032', expect.stringMatching(/^螺母 50箱 /), '赠 定制纸箱 20只 0 自由'],
      ...{ payment: '月结30天', delivery: '12月4日前交货' },
    },
  ])
  expect(answer).toContain('200 箱 × 0.032 = 6.40 元')
  expect(answer).toContain('定制纸箱 20 只（赠送）')
  expect(answer).toContain('不含税，运费到付，月结30天，12月4日前交货')
  expect(answer).toContain('「定制纸箱」产品库里没有，先按你的说法记了')
  expect(answer).toContain('没看懂，没写进去：尽快')
})

it('what is in no catalogue is quoted in the words that were said, and blocks until it has a price', async () => {
  const answer = await talk('报价 华强 特种密封圈 30个')
  expect(await drafts()).toMatchObject([{ lines: ['特种密封圈 30个 0 自由'] }])
  expect(answer).toContain('特种密封圈 30 个（还没有价）')
  expect(answer).toMatch(/还不能发出：.+/)
})

it('another unit than the product’s has no price of the book', async () => {
  const answer = await talk('报价 华强 螺母 3桶')
  expect(await drafts()).toMatchObject([{ lines: ['螺母 3桶 0'] }])
  expect(answer).toContain('「螺母」产品库按箱计价，你说的是桶，价格请自己填')
})

it('goods that fit several products are asked back, one after the other, and none is a choice as well', async () => {
  const question = await talk('报价 华强 法兰盘 20个 螺母 5箱 含税')
  expect(question).toBe(
    '「法兰盘」有好几种，是哪一种？\n1. 法兰盘 · DN50 · 48.00 元/个\n2. 法兰盘 · DN80 · 66.00 元/个\n3. 都不是，先按「法兰盘」记\n回复 1 到 3。',
  )
  expect(await cast.db.quote.count()).toBe(0)
  expect(await talk('2')).toContain('法兰盘 DN80 20 个 × 66.00 = 1,320.00 元')
  expect(await drafts()).toMatchObject([{ lines: ['法兰盘 20个 66', expect.stringContaining('螺母 5箱')] }])
  // A second answer writes no second draft.
  expect(await talk('1')).toContain('没有要你选的')
  await talk('报价 华强 法兰盘 20个')
  expect(await talk('3')).toContain('「法兰盘」产品库里没有')
  expect(await talk('报价 华强 法兰盘DN50 20个')).toContain('× 48.00 = 960.00 元')
})

it('a customer who fits several, and one who is not named, are asked back and the goods kept', async () => {
  await cast.db.customer.create({
    data: { id: newId(), name: '华强电子', ownerId: await cast.personId('wanglei'), createdAt: NOW },
  })
  expect(await talk('报价 华强 螺母 5箱')).toContain('「华强」有 2 家，是哪一家？')
  expect(await talk('2')).toContain('华强电子：草稿写好了')
  expect(await talk('报价 M8螺丝 200箱')).toContain('哪家客户？')
  expect(await talk('华强五金')).toContain('200 箱 × 0.035')
  expect(await drafts()).toMatchObject([{ customer: '华强电子' }, { customer: '华强五金', lines: ['M8 螺丝 200箱 0.035'] }])
})

it('whose customer it is not, quotes nothing', async () => {
  expect(await talk('报价 金海机电 螺母 5箱')).toMatch(/^没找到「金海/)
  expect(await cast.db.quote.count()).toBe(0)
  expect(await talk('报价 金海机电 螺母 5箱', 'chenjing')).toContain('草稿写好了')
})

it.each(['给华强报价 M8螺丝 200箱', '给华强五金做一份报价，M8螺丝 200箱，含税', '帮华强报个价，200箱M8螺丝'])(
  '%s: in free words',
  async (words) => {
    expect(await talk(words)).toContain('200 箱 × 0.035 = 7.00 元')
  },
)

it('asked about quotes that are there, it tells of them and makes none', async () => {
  expect(await talk('报价 华强 发了吗')).toContain('华强五金还没有报价')
  await talk('报价 华强 螺母 5箱 12块')
  const answer = await talk('华强的报价发了吗')
  expect(answer).toMatch(/^华强五金的报价\n\n报价 \d+ · 螺母\n草稿/)
  expect(await cast.db.quote.count()).toBe(1)
})

it('without goods it is the last requirement, or the quote that was made last', async () => {
  await talk('报价 仁济')
  expect(await drafts()).toMatchObject([{ customer: '仁济骨科医院', lines: [expect.stringContaining('锁定钢板')] }])
  await talk('报价 华强 螺母 5箱 12块')
  await talk('报价 华强 照上次的')
  expect((await drafts()).slice(1)).toMatchObject([{ lines: ['螺母 5箱 12'] }, { customer: '华强五金', lines: ['螺母 5箱 12'] }])
})

it('other goods than the last requirement’s have nothing of its date and its clock; the same goods have', async () => {
  await cast.db.requirement.updateMany({
    where: { id: (await cast.requirement('wmRenji')).id },
    data: {
      terms: { items: [{ name: '锁定钢板', spec: null, qty: 200, unit: '套' }], delivery: '2026-12-02', terms: '月结30天' },
    },
  })
  await talk('报价 仁济 螺母 5箱')
  await talk('报价 仁济 锁定钢板 100套')
  expect(await drafts()).toMatchObject([
    { lines: [expect.stringMatching(/^螺母/)], delivery: '', payment: '月结30天' },
    { lines: [expect.stringMatching(/^锁定钢板 100套/)], delivery: expect.stringContaining('12月2日'), payment: '月结30天' },
  ])
  const [other, same] = await cast.db.quote.findMany({ orderBy: { number: 'asc' } })
  expect(other).toMatchObject({ requirementId: null, requestedAt: null })
  expect(same).toMatchObject({ requirementId: expect.any(String), requestedAt: expect.any(Date) })
})

it('who makes no quotes is told of those that are there', async () => {
  await cast.db.person.update({ where: { id: await cast.personId('wanglei') }, data: { roles: ['presales'] } })
  await talk('报价 华强 螺母 5箱')
  expect(await cast.db.quote.count()).toBe(0)
})
