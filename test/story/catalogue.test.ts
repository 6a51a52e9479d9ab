import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import * as XLSX from 'xlsx'
import { searchTextOf } from '../../domain/product/search-text.js'
import type { DraftCheck, DraftLine, QuoteView } from '../../domain/quote/quote.contract.js'
import { newId } from '../../lib/ids.js'
import { screenFile } from '../browser.js'
import { makePng } from '../factories/pictures.js'
import { openClient } from './client.js'
import { useScene } from './scene.js'

/** 李娜 brings a price list on her phone, gives VIP customers a price of their own, and a rep's draft has it. */
const scene = useScene()
const PHONE = { width: 375, height: 812 }
const HEAD = ['编码', '品名', '规格', '单位', '结算', '库存数', '材质']
const LONG = '永盛隆 304 不锈钢外六角全牙螺栓（含平垫、弹垫、螺母）防盐雾加厚镀层'
const BROKEN = [
  ['XJ-200', '大角码', '40×40', '个', '三毛', '', ''],
  ['', '', '', '个', 0.5, '', ''],
]
const ROWS = [
  ['XJ-100', '小角码', '20×20', '个', 0.035, 50_000, '镀锌'],
  ...BROKEN,
  ['XJ-300', LONG, 'M12×120', '支', 3.85, 1_200, '304'],
]
type Client = Awaited<ReturnType<typeof openClient>>
let lina: Client

const workbook = (rows: unknown[][]) =>
  XLSX.write(XLSX.utils.book_new(XLSX.utils.aoa_to_sheet(rows), '表'), { type: 'buffer', bookType: 'xlsx' }) as Buffer
const brings = (name: string, buffer: Buffer) =>
  lina.page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
const productOf = (code: string) => scene.rig.db.product.findUniqueOrThrow({ where: { code }, include: { pictures: true } })

async function looksWell({ page }: Client, name: string): Promise<void> {
  for (const width of [375, 400, 1280])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 860 })
      await page.emulateMedia({ colorScheme })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect(`${wide} at ${width} of ${name}`).toBe(`0 at ${width} of ${name}`)
      const path = screenFile(`catalogue, ${name} ${width} ${colorScheme}.png`)
      await page.screenshot({ path, fullPage: true, animations: 'disabled' })
    }
  await page.setViewportSize(PHONE)
}
/** As a page of theirs would ask. */
const asks = async <T>({ page }: Client, path: string, body: object): Promise<T> =>
  page.evaluate(
    async ([at, json]) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(at, { method: 'POST', headers, body: json })
      if (!answer.ok) throw new Error(`${at}: ${answer.status} ${await answer.text()}`)
      return answer.json()
    },
    [path, JSON.stringify(body)] as const,
  )

it('what is wrong with a list stands at its rows, and a column that was not understood is said', async () => {
  lina = await openClient(scene, 'lina', { path: '/h5/settings', viewport: PHONE })
  await lina.taps(/图片、参数、库存/)
  await lina.sees('304 六角螺栓', '新建')
  await looksWell(lina, 'products')
  await lina.taps('导入')
  await lina.sees('先看一遍会导成什么样')
  await brings('角码价目.xlsx', workbook([HEAD, ...ROWS]))
  await lina.sees('角码价目.xlsx', '4 行', '新产品', '小角码')
  await lina.page.getByLabel('单价（元）').selectOption({ label: '结算' })
  await lina.sees('2新产品', '2不能导入', '¥0.035/个', '材质 镀锌', '导入 2 行')
  await looksWell(lina, 'import')
  await lina.taps(/不能导入/)
  const wrong = lina.within('dialog', '不能导入的行')
  await wrong.sees('大角码', '单价不是一个价格', '名称和货号都是空的')
  await wrong.taps('关闭')
  expect(await scene.rig.db.product.count({ where: { code: 'XJ-100' } })).toBe(0)
})

it('the rest goes in, once, and the broken rows come back as a list to mend', async () => {
  await lina.tapsTwice('导入 2 行')
  await lina.sees('导入了 2 行', '2 行没导入')
  const [download] = await Promise.all([lina.page.waitForEvent('download'), lina.page.getByText('下载没导入的行').click()])
  const back = XLSX.read(await readFile(await download.path()))
  const rows = XLSX.utils.sheet_to_json<string[]>(back.Sheets[back.SheetNames[0] ?? ''] ?? {}, { header: 1 })
  expect(rows).toEqual([
    [...HEAD, '没导入的原因'],
    ['XJ-200', '大角码', '40×40', '个', '三毛', '', '', '单价不是一个价格'],
    ['', '', '', '个', '0.5', '', '', expect.stringContaining('名称和货号都是空的')],
  ])
  expect((await productOf('XJ-100')).price?.toString()).toBe('0.035')
  expect((await productOf('XJ-100')).params).toEqual([{ name: '材质', value: '镀锌' }])
})

it('a product gets a picture from the phone, small enough for a list', async () => {
  const { id } = await productOf('XJ-300')
  await lina.taps('看产品')
  await lina.types('找产品', 'xj-300')
  await lina.taps(/永盛隆/)
  await lina.sees(LONG, '3.85 元/支', '标价，含 13% 税')
  await brings('照片.png', Buffer.from(makePng(1_800, 1_200)))
  await lina.page.getByLabel('看第 1 张图').waitFor()
  const [picture] = (await productOf('XJ-300')).pictures
  expect(picture).toMatchObject({ width: 1_600, height: 1_067 })
  expect(picture?.small.byteLength).toBeLessThan(40 * 1024)
  expect(lina.page.url()).toContain(id)
  await looksWell(lina, 'product')
})

it('one is written by hand, once, with its risk; stopped, no new quote finds it', async () => {
  await lina.page.goto(`${scene.rig.hostOf('lina')}/h5/products/new`)
  await lina.types('产品名', '加厚角码')
  await lina.types('标价（含税）', '三毛')
  await lina.taps('建好它')
  await lina.sees('写一下单位', '单价写成数字')
  await lina.types('单位', '个')
  await lina.types('标价（含税）', '０．３')
  await lina.seesNoMore('单价写成数字')
  await lina.tapsTwice('建好它')
  await lina.sees('加厚角码', '0.30 元/个', '顺手加几张图吧')
  expect(await scene.rig.db.product.count({ where: { name: '加厚角码' } })).toBe(1)
  await lina.taps('+ 登记一条风险')
  await lina.types('是什么风险', '盐雾超过 72 小时会起锈点')
  await lina.taps('登记')
  await lina.sees('盐雾超过 72 小时会起锈点', '解决了')
  await lina.taps('停售这个产品')
  await lina.taps('停售')
  await lina.sees('停售', '恢复销售')
  expect(await scene.rig.db.techRisk.count({ where: { words: '盐雾超过 72 小时会起锈点', closedAt: null } })).toBe(1)
  const found = await lina.page.evaluate(async () => (await fetch('/api/products/search?query=jhjm')).json())
  expect(found).toEqual({ products: [] })
})

it('two at once: the second is told, keeps her own words, and loses none of his', async () => {
  scene.browser.expectTrouble(/status of 409/)
  const { id } = await productOf('XJ-100')
  const path = `/h5/products/${id}/edit`
  const heping = await openClient(scene, 'heping', { path, viewport: PHONE })
  await heping.sees('大家怎么叫它')
  await lina.page.goto(`${scene.rig.hostOf('lina')}${path}`)
  await lina.types('成本（含税）', '0.028')
  await heping.types('规格型号', '20×20×1.5')
  await heping.taps('保存')
  await heping.sees('20×20×1.5', '已保存')
  await lina.taps('保存')
  await lina.sees('有同事刚改过这个产品')
  expect(await lina.hasTyped('规格型号')).toBe('20×20×1.5')
  await looksWell(lina, 'somebody was quicker')
  await lina.taps('保存')
  await lina.sees('0.028 元/个，毛利 20%')
  expect(await productOf('XJ-100')).toMatchObject({ spec: '20×20×1.5', version: 3 })
  await heping.close()
})

it('a rep reads the same page without its cost, and writes nothing', async () => {
  const rep = await openClient(scene, 'wanglei', { path: `/h5/products/${(await productOf('XJ-100')).id}`, viewport: PHONE })
  await rep.sees('小角码', '0.035 元/个', '50,000 个', '镀锌')
  await rep.seesNoMore('成本', '毛利', '编辑', '停售这个产品')
  await rep.close()
})

it('a book for VIP customers, with steps and a rebate; one tap too many makes no second one', async () => {
  await lina.page.goto(`${scene.rig.hostOf('lina')}/h5/price-books`)
  await lina.sees('VIP 模板B')
  await looksWell(lina, 'books')
  await lina.taps('新建')
  await lina.types('名字', '大客户价')
  await lina.taps('VIP')
  await lina.taps('+ 加一档返点')
  await lina.types('第 1 档，满多少元', '100000')
  await lina.taps('建好它')
  await lina.sees('每一档都要有金额和返点')
  await lina.types('第 1 档，返多少%', '1.5')
  await lina.seesNoMore('每一档都要有金额和返点')
  await looksWell(lina, 'book, written')
  await lina.tapsTwice('建好它')
  await lina.sees('大客户价', 'VIP 级客户', '满 10 万 返 1.5%', '还没有。所有产品都按标价算')
  expect(await scene.rig.db.priceBook.count({ where: { name: '大客户价' } })).toBe(1)
  await lina.taps('给一个产品定价')
  await lina.types('找产品', 'xjm')
  await lina.taps(/^小角码/)
  const sheet = lina.within('dialog', '小角码')
  await sheet.types('这张价格表里的单价', '0.034')
  await sheet.taps('+ 加一档')
  await sheet.types('第 1 档，满多少个', '10000')
  await sheet.types('第 1 档，多少元', '0.05')
  await sheet.taps('定这个价')
  await sheet.sees('买得越多，单价不能更高')
  await sheet.types('第 1 档，多少元', '0.0325')
  await sheet.taps('定这个价')
  await lina.sees('1 个', '0.034 元/个', '满 10,000 个 0.0325 元')
  await looksWell(lina, 'book')
})

it('prices of a book come as a list, too: lines of one product are its steps', async () => {
  const rows = [
    ['货号', '价格', '起订量'],
    ['XJ-300', 3.5, ''],
    ['XJ-300', 3.2, 1_000],
    ['没有的货号', 1, ''],
  ]
  await lina.taps('导入')
  await lina.sees('导入价格', '同一产品写几行就是阶梯价')
  await brings('大客户价.xlsx', workbook(rows))
  await lina.sees('导进「大客户价」', '1不能导入', '永盛隆', '导入 2 行')
  await looksWell(lina, 'import of prices')
  await lina.taps('导入 2 行')
  await lina.sees('导入了 2 行')
  await lina.taps('看价格表')
  await lina.sees('2 个', '3.50 元/支', '满 1,000 支 3.20 元')
})

it('a customer becomes a VIP, and the next draft has their price, stepped', async () => {
  const customer = await scene.rig.db.customer.findFirstOrThrow({ where: { name: '华强五金' }, include: { contacts: true } })
  await lina.page.goto(`${scene.rig.hostOf('lina')}/h5/chat/${customer.contacts[0]?.id}`)
  await lina.taps('华强五金的交易条件')
  const sheet = lina.within('dialog', '交易条件')
  await sheet.taps('VIP')
  await lina.shot('catalogue, trade terms')
  await sheet.taps('保存')
  await lina.sees('已保存，之后的报价按它算')
  const rep = await openClient(scene, 'wanglei', { path: `/h5/chat/${customer.contacts[0]?.id}`, viewport: PHONE })
  await rep.taps('华强五金的交易条件')
  await rep.within('dialog', '交易条件').sees('等级VIP', '由主管来定')
  const quote = await asks<QuoteView>(rep, '/api/quotes', { requestId: newId(), customerId: customer.id })
  const product = await productOf('XJ-100')
  const pricesAt = async (qty: string) => {
    const line: DraftLine = {
      ...{ id: newId(), productId: product.id, code: product.code, name: product.name, spec: product.spec, unit: product.unit },
      ...{ qty, price: '0.035', gift: false, note: null, params: [], pictureId: null },
    }
    const draft = { ...quote.draft, lines: [line], tax: { included: true, rateBp: 1_300 } }
    return (await asks<DraftCheck>(rep, `/api/quotes/${quote.id}/check`, { draft })).prices[line.id]
  }
  expect(await pricesAt('100')).toEqual({ price: '0.034', listPrice: '0.035', book: '大客户价' })
  expect(await pricesAt('10000')).toEqual({ price: '0.0325', listPrice: '0.035', book: '大客户价' })
  await rep.close()
})

it('the policy says what is missing here, and is set version by version', async () => {
  // The demo's firm has its phone number in it.
  await scene.rig.db.rule.deleteMany({ where: { name: 'quotePolicy' } })
  await lina.page.goto(`${scene.rig.hostOf('lina')}/h5/settings/quotes`)
  await lina.sees('现在还缺的', '整单最低毛利', '还没有人改过')
  await lina.types('整单最低毛利', '100')
  await lina.taps('保存')
  await lina.sees('写 0 到 99 之间的数')
  await lina.types('整单最低毛利', '20')
  await lina.taps('保存')
  await lina.sees('已保存，之后的报价按它检查', '第 1 版', '18.5% → 20%')
  await looksWell(lina, 'policy')
})

it('a thousand products: the list grows as it is scrolled, and words find one of them', async () => {
  const [one] = await scene.rig.db.product.findMany({ where: { code: 'XJ-100' } })
  if (!one) throw new Error('it was brought')
  const many = Array.from({ length: 1_000 }, (_, i) => ({
    ...one,
    ...{ id: newId(), code: `KC-${i}`, name: `卡槽 ${i}`, params: [], nicknames: [] },
  }))
  await scene.rig.db.product.createMany({ data: many.map((made) => ({ ...made, search: searchTextOf(made) })) })
  await lina.page.goto(`${scene.rig.hostOf('lina')}/h5/products`)
  const rows = lina.page.locator('main li')
  await rows.nth(39).waitFor()
  for (const least of [80, 120]) {
    await lina.page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
    await scene.rig.waitFor(async () => (await rows.count()) >= least)
  }
  await lina.types('找产品', 'kc-777')
  await lina.sees('卡槽 777')
  await scene.rig.waitFor(async () => (await rows.count()) === 1)
  await lina.types('找产品', '没有的东西')
  await lina.sees('没有这样的产品', '看全部')
  const book = await scene.rig.db.priceBook.findFirstOrThrow({ where: { name: '大客户价' } })
  const prices = many.slice(0, 90).map(({ id }) => ({ bookId: book.id, productId: id, price: '0.031' }))
  await scene.rig.db.bookPrice.createMany({ data: prices })
  await lina.page.goto(`${scene.rig.hostOf('lina')}/h5/price-books/${book.id}`)
  const price = lina.page.locator('main li button')
  const toTheEnd = async () => {
    await lina.page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
    return (await price.count()) === 92
  }
  await price.nth(49).waitFor()
  await scene.rig.waitFor(toTheEnd)
  // Behind the first page, too, a new price stands at once.
  await price.nth(88).click()
  await lina.types('这张价格表里的单价', '0.0299')
  await lina.taps('定这个价')
  await lina.sees('定好了')
  await scene.rig.waitFor(toTheEnd)
  await lina.sees('0.0299 元/个')
})
