import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { makeBook } from '../../test/factories/price-books.js'
import { makeProduct } from '../../test/factories/products.js'
import { draftLine, writtenDraft } from '../../test/factories/quote-drafts.js'
import { createDesk } from '../../test/factories/quotes.js'
import { at, DAY, inWork, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { defaultQuotePolicy, type QuotePolicy } from '../rule/quote-policy.contract.js'
import { setRule } from '../rule/rule.js'
import { checkDraft } from './check-draft.js'
import type { QuoteDraft } from './quote.contract.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let customerId: string
let plate: string
beforeAll(async () => {
  database = await freshDb()
  cast = await createCast(database.db)
  customerId = (await cast.customer('wmRenji')).id
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.techRisk.deleteMany()
  await database.db.bookPrice.deleteMany()
  await database.db.priceBook.deleteMany()
  await policy({})
  await sets({ tier: 'VIP', region: null, creditFen: null, owedFen: null })
  plate = await makeProduct(database.db, { name: '钢板', price: '113', cost: '79.1', unit: '套' })
})

const policy = (some: Partial<QuotePolicy>) =>
  inWork(database.db, (work) => setRule(work, { name: 'quotePolicy', value: { ...defaultQuotePolicy, ...some }, by: 'system' }))
const sets = (data: { tier?: string | null; region?: string | null; creditFen?: bigint | null; owedFen?: bigint | null }) =>
  database.db.customer.update({ where: { id: customerId }, data })
const check = async (draft: QuoteDraft, by = 'wanglei', now = NOW) =>
  checkDraft(database.db, await cast.actor(by), { customerId }, draft, now)
const said = async (draft: QuoteDraft, by?: string) =>
  (await check(draft, by)).findings.map(({ kind, weight, words }) => `${weight} ${kind} ${words}`)
const ten = (some = {}) => draftLine({ productId: plate, name: '钢板', unit: '套', qty: '10', price: '113', ...some })

it('lets a whole quote at its price pass, with nothing to say', async () => {
  const line = ten()
  const whole = await check(writtenDraft([line]), 'lina')
  expect(whole).toMatchObject({ findings: [], marginBp: 3_000, leastMarginBp: 1_850, totals: { totalFen: 113_000 } })
  expect(whole.prices).toEqual({ [line.id]: { price: '113', listPrice: '113', book: null } })
  expect(whole.instalmentProposals).toEqual(defaultQuotePolicy.instalmentTemplates)
})

it('is for who sees the customer', async () => {
  for (const by of ['chenjing', 'sunyue']) await expect(check(writtenDraft([ten()]), by)).rejects.toMatchObject({ status: 404 })
})

it('stops what is no quote yet, and says which line', async () => {
  const line = ten({ qty: '0' })
  expect((await check(writtenDraft([line]))).findings).toMatchObject([
    { weight: 'stop', lineId: line.id, words: '钢板没有写数量' },
  ])
  expect(await said(writtenDraft([]))).toEqual(['stop incomplete 还没有产品'])
  expect(await said(writtenDraft([ten({ price: '0' })]))).toContain('stop incomplete 钢板没有写单价，要送就标成赠品')
  expect(await said(writtenDraft([ten({ gift: true })]))).toContain('stop incomplete 全是赠品，没有要付钱的产品')
  expect(await said(writtenDraft([ten()], { discountFen: 113_001 }))).toContain('stop incomplete 优惠比总价还多')
  expect(await said(writtenDraft([ten({ productId: null, price: '0.001', qty: '4' })]))).toContain(
    'stop incomplete 钢板的金额不到 1 分',
  )
  const half = [{ label: '定金', shareBp: 3000, when: '下单时预付' }]
  expect(await said(writtenDraft([ten()], { instalments: half }))).toContain('stop incomplete 分期加起来是 30%，要正好 100%')
  const twice = ten()
  expect(await said(writtenDraft([twice, twice]))).toContain('stop incomplete 有一行出现了两次，刷新后再看')
})

it('tells what is to be known: stock, terms of payment, a book that ends before the quote', async () => {
  await database.db.product.update({ where: { id: plate }, data: { stock: 5 } })
  await makeBook(cast, { name: '双十一', validUntil: '2026-12-01' }, { [plate]: { price: '113' } })
  expect(await said(writtenDraft([ten()], { terms: { payment: '', delivery: '', other: '' } }))).toEqual([
    'note incomplete 没有写付款条件',
    'note incomplete 钢板库存 5 套，不够',
    'note price 「双十一」到12月1日为止，报价的有效期比它长',
  ])
})

describe('the price policy', () => {
  beforeEach(() =>
    makeBook(
      cast,
      { name: '模板 B', tiers: ['VIP'] },
      { [plate]: { price: '113', steps: [{ fromQty: '100', price: '101.7' }] } },
    ),
  )

  it('wants a yes below the book’s price at that quantity, to the millionth', async () => {
    expect(await said(writtenDraft([ten({ price: '112.999999' })]))).toEqual([
      'approve price 钢板 112.999999 元，低于「模板 B」的 113 元',
    ])
    expect(await said(writtenDraft([ten({ qty: '100', price: '101.7' })]))).toEqual([])
    expect(await said(writtenDraft([ten({ price: '200' })]))).toEqual([])
  })

  it('compares without tax: 100 net is 113 with 13 % in it', async () => {
    const net = { tax: { included: false, rateBp: 1300 } }
    expect(await said(writtenDraft([ten({ price: '100' })], net))).toEqual([])
    expect(await said(writtenDraft([ten({ price: '99.99' })], net))).toEqual([
      'approve price 钢板 99.99 元，低于「模板 B」的 100 元',
    ])
  })

  it('sees a discount on the whole, unless it only gives back what was put on before', async () => {
    expect(await said(writtenDraft([ten()], { discountFen: 500 }))).toEqual(['approve price 优惠以后，整单比价格表低 5.00 元'])
    expect(await said(writtenDraft([ten({ price: '114' })], { discountFen: 1_000 }))).toEqual([])
  })

  it('sees a rebate above the book’s ladder', async () => {
    await makeBook(cast, { name: '返点', tiers: ['VIP'], rebates: [{ fromFen: 100_000, rateBp: 100 }] })
    expect(await said(writtenDraft([ten()], { rebates: [{ fromFen: 100_000, rateBp: 100 }] }))).toEqual([])
    expect(await said(writtenDraft([ten()], { rebates: [{ fromFen: 100_000, rateBp: 150 }] }))).toEqual([
      'approve price 满 1,000.00 元 返 1.5%，价格表是 1%',
    ])
    expect(await said(writtenDraft([ten()], { rebates: [{ fromFen: 50_000, rateBp: 100 }] }))).toEqual([
      'approve price 满 500.00 元 返 1%，价格表没有这一档',
    ])
  })

  it('wants a yes for what is sold no more', async () => {
    await database.db.product.update({ where: { id: plate }, data: { stoppedAt: NOW } })
    expect(await said(writtenDraft([ten()]))).toEqual(['approve price 钢板已停售'])
  })
})

describe('the margin', () => {
  const cheap = () => writtenDraft([ten({ price: '97.05' })])
  beforeEach(() => database.db.product.update({ where: { id: plate }, data: { price: 90 } }))

  it('below 18.5 % wants a yes: a rep reads that it does, who may see margins by how much', async () => {
    const rep = await check(cheap())
    expect(rep).toMatchObject({ marginBp: null, leastMarginBp: null })
    expect(rep.findings.map(({ words }) => words)).toEqual(['毛利低于要求'])
    expect(JSON.stringify(rep)).not.toMatch(/79\.1|1849|18\.49/)
    const manager = await check(cheap(), 'lina')
    expect(manager).toMatchObject({ marginBp: 1_849, leastMarginBp: 1_850 })
    expect(manager.findings).toMatchObject([{ kind: 'margin', weight: 'approve', words: '毛利 18.49%，要求 18.5%' }])
    expect(await said(writtenDraft([ten({ price: '97.06' })]))).toEqual([])
  })

  it('counts gifts, the discount and the rebate', async () => {
    expect(await said(writtenDraft([ten()]))).toEqual([])
    expect(await said(writtenDraft([ten(), ten({ gift: true, qty: '2' })]))).toEqual(['approve margin 毛利低于要求'])
    await makeBook(cast, { rebates: [{ fromFen: 100, rateBp: 1_500 }] })
    expect(await said(writtenDraft([ten()], { rebates: [{ fromFen: 100, rateBp: 1_500 }] }))).toEqual([
      'approve margin 毛利低于要求',
    ])
  })

  it('is the book’s own where it has one, and a product’s', async () => {
    await makeBook(cast, { tiers: ['VIP'], marginBp: 1_500 })
    expect(await said(cheap())).toEqual([])
    await makeBook(cast, { name: '专价', tiers: ['VIP'], validFrom: '2026-01-01' }, { [plate]: { price: '90', marginBp: 2_500 } })
    expect(await said(cheap())).toEqual(['approve margin 钢板的毛利低于要求'])
  })

  it('of a line that is in no catalogue hides none of the others’', async () => {
    const free = draftLine({ productId: null, name: '安装费', price: '5000' })
    const mixed = writtenDraft([...cheap().lines, free])
    expect(await said(mixed)).toEqual(['approve margin 毛利低于要求', 'note margin 安装费没有成本，毛利没算上'])
    expect(await check(mixed, 'lina')).toMatchObject({ marginBp: null })
    await policy({ unknownCost: 'approve' })
    expect(await said(writtenDraft([free]))).toEqual(['approve margin 安装费没有成本，毛利没算上'])
  })

  it('may be set by the organisation', async () => {
    await policy({ leastMarginBp: 1_000 })
    expect(await said(cheap())).toEqual([])
  })
})

describe('the credit', () => {
  const big = (instalments: QuoteDraft['instalments'] = [], payment = '月结 30 天') =>
    writtenDraft([ten({ qty: '100' })], { instalments, terms: { payment, delivery: '', other: '' } })
  const paid = (shareBp: number) => [
    { label: '预付款', shareBp, when: '下单时预付' },
    { label: '余款', shareBp: 10_000 - shareBp, when: '货到 30 天内付' },
  ]

  it('counts what they owe and what this gives on credit; paying in advance is the way out', async () => {
    await sets({ creditFen: 1_500_000n, owedFen: 800_000n })
    const found = await check(big())
    expect(found.findings.map(({ kind, words }) => `${kind} ${words}`)).toEqual([
      'credit 超出信用额度 4,300 元（额度 1.5 万，已欠 8,000 元），预付 40%就不用审批',
    ])
    expect(found.instalmentProposals[0]).toEqual(paid(4_000))
    expect(await said(big(found.instalmentProposals[0]))).toEqual([])
    expect(await said(big(paid(3_500)))).toHaveLength(1)
    // «30 days after arrival» is credit whatever its label says.
    expect(await said(big([{ label: '预付款', shareBp: 10_000, when: '货到付款' }]))).toHaveLength(1)
  })

  it('counts accepted quotes that are no contract yet', async () => {
    const desk = createDesk(cast)
    const sent = await desk.sent()
    await sets({ creditFen: 1_200_000n })
    expect(await said(big())).toEqual([])
    await desk.answers(sent, 'accept')
    expect((await said(big()))[0]).toMatch(/^approve credit 超出信用额度 .*已确认的报价/)
    const contract = { id: newId(), quoteId: sent.id, customerId, title: '合同', content: {}, totalFen: 1n, createdAt: NOW }
    const { id: versionId } = await database.db.quoteVersion.findFirstOrThrow({ where: { quoteId: sent.id } })
    await database.db.contract.create({ data: { ...contract, versionId, createdById: await cast.personId('wanglei') } })
    expect(await said(big())).toEqual([])
  })

  it('is not touched by what is paid before the goods leave, as the terms say', async () => {
    await sets({ creditFen: 0n, owedFen: 1n })
    for (const payment of ['款到发货', '先款后货', '全款发货', '发货前付清']) expect(await said(big([], payment))).toEqual([])
    for (const payment of ['货到付全款', '预付 30%，余款月结', '预付 30%', '到货验收后付全款'])
      expect(await said(big([], payment))).toHaveLength(1)
  })

  it('is no matter where none was set', async () => {
    await sets({ owedFen: 900_000_000n })
    expect(await said(big())).toEqual([])
  })
})

it('a region’s quota counts what was offered there this month and came to nothing else', async () => {
  const [december, january] = [at(10 * DAY), at(50 * DAY)]
  await database.db.customer.updateMany({ data: { region: '华东' } })
  const offer = await createDesk(cast).sent('wmRenji', { at: december })
  const offered = offer.totalFen ?? 0
  const mine = writtenDraft([ten()])
  const saidThen = async (when: Date) =>
    (await check(mine, 'wanglei', when)).findings.map(({ kind, words }) => `${kind} ${words}`)
  const quota = (monthFen: number, region = '华东') => policy({ quotas: [{ region, monthFen }] })
  await quota(offered + 113_000)
  expect(await saidThen(december)).toEqual([])
  await quota(offered + 112_900)
  expect(await saidThen(december)).toEqual([expect.stringMatching(/^quota 超出华东本月配额 1 元（配额 .*，已报 .*）$/)])
  expect(await saidThen(january)).toEqual([])
  await database.db.quote.update({ where: { id: offer.id }, data: { state: 'declined' } })
  expect(await saidThen(december)).toEqual([])
  await quota(1, '华南')
  expect(await saidThen(december)).toEqual([])
})

it('open technical risks of the customer and of its products are acknowledged in the quote, or it is not sent', async () => {
  const rep = await cast.personId('wanglei')
  const risk = (words: string, of: { customerId?: string; productId?: string }, closedAt: Date | null = null) =>
    database.db.techRisk.create({ data: { id: newId(), words, openedById: rep, openedAt: NOW, closedAt, ...of } })
  const other = await makeProduct(database.db, { name: '别的', price: '1' })
  const brittle = await risk('低温下会脆', { productId: plate })
  const narrow = await risk('场地窄', { customerId })
  await risk('不相干', { productId: other })
  await risk('修好了', { productId: plate }, NOW)
  const line = ten()
  const found = await check(writtenDraft([line]))
  expect(found.risks.map(({ about, words }) => `${about} ${words}`)).toEqual([
    '钢板 低温下会脆',
    expect.stringContaining('场地窄'),
  ])
  expect(found.findings).toMatchObject([
    { kind: 'risk', weight: 'stop', lineId: line.id, words: '钢板有技术风险没有写进报价：低温下会脆' },
    { kind: 'risk', weight: 'stop', lineId: null },
  ])
  const risks = [brittle, narrow].map(({ id }) => ({ id, words: '已知晓' }))
  expect(await said(writtenDraft([line], { risks }))).toEqual([])
  await database.db.techRisk.update({ where: { id: narrow.id }, data: { closedAt: NOW } })
  expect(await said(writtenDraft([line], { risks }))).toEqual(['note risk 这条技术风险已经解除，可以去掉：已知晓'])
})
