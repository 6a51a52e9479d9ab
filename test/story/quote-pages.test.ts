import { beforeAll, expect, it } from 'vitest'
import type { DraftLine, QuoteDraft } from '../../domain/quote/quote.contract.js'
import { saveDraft } from '../../domain/quote/save-draft.js'
import { newId } from '../../lib/ids.js'
import { createQuoteRows } from '../factories/quote-rows.js'
import { createDesk } from '../factories/quotes.js'
import { inWork } from '../factories/work.js'
import { openPage, usePageScene } from './page-scene.js'

/** A quote's pages where there is no chat beside them: all widths, long lists, long names, what came back from the customer. */
const scene = usePageScene()
const WIDTHS = [320, 375, 400, 1280]
let desk: ReturnType<typeof createDesk>
let rows: ReturnType<typeof createQuoteRows>
beforeAll(() => {
  desk = createDesk(scene.cast)
  rows = createQuoteRows(scene.cast)
})

type Page = Awaited<ReturnType<typeof openPage>>
async function fitsEverywhere(page: Page, name: string) {
  for (const width of WIDTHS) {
    await page.page.setViewportSize({ width, height: 860 })
    expect(`${await page.overflow()} at ${width}`).toBe(`0 at ${width}`)
    await page.shot(`${name} ${width}`)
  }
  await page.page.emulateMedia({ colorScheme: 'dark' })
  await page.page.setViewportSize({ width: 375, height: 860 })
  await page.shot(`${name} dark`)
  await page.page.emulateMedia({ colorScheme: 'light' })
}

const LONG = '国产加长型内六角圆柱头不锈钢螺栓带平垫弹垫组合件（含防松涂层与逐件检验报告）'
const line = (n: number, more: Partial<DraftLine> = {}): DraftLine => ({
  ...{ id: newId(), productId: null, code: null, name: `零件 ${n}`, spec: `规格 ${n}`, unit: '个', qty: '3', price: '0.035' },
  ...{ gift: false, note: null, params: [], pictureId: null },
  ...more,
})
async function drafted(draft: Partial<QuoteDraft>) {
  const at = new Date()
  const quote = await desk.drafts('wmHuaqiang', { at })
  const whole = { ...(quote.draft as QuoteDraft), ...draft }
  const actor = await scene.cast.actor('wanglei')
  await inWork(scene.database.db, (work) => saveDraft(work, actor, { quoteId: quote.id, rev: quote.draftRev, draft: whole }), at)
  return quote.id
}

it('stands with 200 lines and with names that are too long', async () => {
  const many = Array.from({ length: 198 }, (_, n) => line(n))
  const id = await drafted({
    title: '年度框架',
    lines: [
      line(0, { name: LONG, spec: LONG, unit: '公斤', qty: '123456.5', price: '99999.123456', note: LONG }),
      line(1, { gift: true, name: '样品' }),
      ...many,
    ],
  })
  const page = await openPage(scene, 'wanglei', `/h5/quote/${id}/edit`)
  await page.sees('200 行', '赠品', LONG, '已存')
  expect(await page.hasTyped('报价名称')).toBe('年度框架')
  await fitsEverywhere(page, 'quote editor, 200 lines')
  await page.types('零件 197的数量', '1000')
  await page.sees('35.00', '已存')
  await page.taps('不要这份草稿')
  await page.sees('写的都没了')
  await page.taps('不要了')
  await page.sees('做一份新报价')
  await page.seesNoMore('年度框架')
  await page.close()
})

it('writes a line by hand, a gift, freight, tax and instalments, each heard in the sum', async () => {
  const id = await drafted({ lines: [line(1, { qty: '100', price: '10' })] })
  const page = await openPage(scene, 'wanglei', `/h5/quote/${id}/edit`, 375)
  await page.sees('1,000.00 元')
  await page.taps('加产品')
  await page.types('找产品', '上门安装')
  await page.sees('没有叫「上门安装」的产品')
  await page.shot('quote editor, nothing found')
  await page.taps('手写一行')
  expect(await page.hasTyped('名称')).toBe('上门安装')
  const dialog = page.within('dialog', '手写一行')
  await dialog.types('单价', '200')
  await page.shot('quote editor, line by hand')
  await dialog.taps('好了')
  await page.sees('1,200.00 元')

  await page.taps(/^零件 1/)
  await page.page.getByRole('switch', { name: '赠品' }).click()
  await page.within('dialog', '改这一行').taps('好了')
  await page.sees('200.00 元', '赠品')

  await page.taps(/^税与运费/)
  const money = page.within('dialog', '税、运费、优惠')
  await money.taps('未税价，税另加')
  await money.taps('13%')
  await money.taps('另收')
  await money.types('运费多少元', '100')
  await money.types('优惠多少元', '一百')
  await money.sees('写成 120 或 120.5 这样')
  await money.types('优惠多少元', '50')
  await page.shot('quote editor, money')
  await money.taps('好了')
  // (200 + 100 - 50) × 1.13
  await page.sees('282.50 元', '税 32.50 元', '运费 100.00 元', '优惠 50.00 元')

  await page.taps(/^付款/)
  const terms = page.within('dialog', '付款、交货、其他')
  await terms.taps('月结 30 天')
  await terms.taps(/定金|预付款/)
  await terms.types('第 1 期占多少', '40')
  await terms.sees(/加起来是/)
  await page.shot('quote editor, terms')
  await terms.types('第 1 期占多少', '100')
  await page.close()
})

it('saves once what arrived and whose answer was lost, and takes it for nobody else’s', async () => {
  scene.browser.expectTrouble(/ERR_FAILED|status of 409/)
  const id = await drafted({ lines: [line(1, { qty: '100', price: '10' })] })
  const page = await openPage(scene, 'wanglei', `/h5/quote/${id}/edit`, 375)
  await page.sees('1,000.00 元')
  const cut = () =>
    page.page.route(`**/api/quotes/${id}/draft`, async (route) => {
      await route.fetch()
      await route.abort()
    })
  await cut()
  await page.types('零件 1的数量', '110')
  await page.sees('没连上')
  await page.types('零件 1的数量', '120')
  await page.page.unroute(`**/api/quotes/${id}/draft`)
  await page.sees('1,200.00 元', '已存')

  await cut()
  await page.types('零件 1的数量', '130')
  await page.sees('没连上')
  await page.types('零件 1的数量', '140')
  await page.page.unroute(`**/api/quotes/${id}/draft`)
  await page.page.reload()
  await page.sees('1,400.00 元', '已存')
  expect(await page.text()).not.toContain('在别处也改过')
  const { draft } = await scene.database.db.quote.findUniqueOrThrow({ where: { id } })
  expect((draft as QuoteDraft).lines[0]?.qty).toBe('140')
  await page.close()
})

it('has a technical risk acknowledged in one tap', async () => {
  const { db } = scene.database
  const customer = await scene.cast.customer('wmHuaqiang')
  const openedById = await scene.cast.personId('zhaoqiang')
  const words = '低温 −20 ℃ 以下塑料胀管会裂，冬季户外要换钢胀管'
  await db.techRisk.create({ data: { id: newId(), customerId: customer.id, words, openedById, openedAt: new Date() } })
  const id = await drafted({ lines: [line(1, { price: '10' })] })
  const page = await openPage(scene, 'wanglei', `/h5/quote/${id}/edit`, 375)
  await page.sees('技术风险要写进报价', words, '有 1 条技术风险要写进报价')
  await page.shot('quote editor, risk')
  await page.taps('写进报价')
  await page.sees('技术说明', '发出报价')
  await page.seesNoMore('技术风险要写进报价')
  await db.techRisk.updateMany({ data: { closedAt: new Date() } })
  await page.close()
})

it('tells who read what and for how long, and answers a question', async () => {
  const { db } = scene.database
  const quote = await desk.sent('wmRenji', { at: new Date(Date.now() - 3_600_000) })
  const versionId = quote.versions[0]?.id as string
  const link = await db.quoteLink.findFirstOrThrow({ where: { versionId } })
  for (const [n, sections] of [{ head: 4, lines: 75, terms: 130 }, { lines: 9 }].entries()) {
    const visit = await rows.visit(link.id, new Date(Date.now() - (40 - n * 30) * 60_000), 'terms')
    await db.quoteVisit.update({ where: { id: visit }, data: { sections, opens: 2 - n } })
  }
  await db.quoteVersion.updateMany({ where: { id: versionId }, data: { openedAt: new Date() } })
  await rows.answer(quote.id, versionId, 'adjust', new Date(), '交期能不能提前到 11 月底？其余没问题')
  await rows.answer(quote.id, versionId, 'ask', new Date(), '运费含到我们仓库吗？')
  const page = await openPage(scene, 'wanglei', `/h5/quote/${quote.id}`)
  await page.sees(
    '客户看过',
    '共 3 次',
    '看了 3 分 38 秒',
    '停在付款条款',
    '第 2 台设备，可能是转发',
    '产品明细',
    '想调整',
    '运费含到我们仓库吗？',
  )
  await fitsEverywhere(page, 'quote page')
  await page.types('回复客户', '含的，送到仓库门口')
  await page.tapsTwice('回复')
  await page.sees('你们回复', '含的，送到仓库门口')
  await page.shot('quote page, replied')
  await page.close()
})

it('becomes a contract in one tap', async () => {
  const quote = await desk.sent('wmRenji', { at: new Date() })
  await desk.answers(quote, 'accept')
  const page = await openPage(scene, 'wanglei', `/h5/quote/${quote.id}`, 375)
  await page.sees('客户确认了', '已确认', '转成合同')
  await page.shot('quote page, accepted')
  await page.taps('转成合同')
  await page.sees(/合同\d+已经按这份报价起好/)
  expect(await scene.database.db.contract.count({ where: { quoteId: quote.id } })).toBe(1)
  await page.close()
})

it('copies a link where no chat is, and lists what a customer was offered', async () => {
  const id = await drafted({ lines: [line(1, { price: '10' })] })
  const page = await openPage(scene, 'wanglei', `/h5/quote/${id}/edit`, 375)
  await page.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.sees('30.00 元', '发出报价')
  await page.taps('发出报价')
  await page.sees('还没给客户')
  await page.taps('复制链接')
  await page.sees('已复制')
  expect(await page.page.evaluate(() => navigator.clipboard.readText())).toMatch(/\/q\/[\w-]{20,}$/)
  await page.taps('返回')
  await page.sees('做一份新报价', '再报一次', '还没打开')
  await fitsEverywhere(page, 'quotes of a customer')
  const stranger = await openPage(scene, 'chenjing', `/h5/quote/${id}`, 375)
  scene.browser.expectTrouble(/status of 404/)
  await stranger.sees('没有找到')
  await stranger.close()
  await page.close()
})
