import { readFile } from 'node:fs/promises'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import { shoot } from '../browser.js'
import { quoteLine, type SentOne, sendOne } from '../factories/sent-quote.js'
import { DAY } from '../factories/work.js'
import { waitFor } from '../rig/wait-for.js'
import { usePageScene } from './page-scene.js'
import { screen } from './screen.js'

/** A customer with a phone in the hand: no login, no app of ours, nothing but a link. */
const scene = usePageScene()
const userAgent =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.49'
let pictureId: string
let sent: SentOne

beforeAll(async () => {
  pictureId = await plantPicture()
})

async function plantPicture(): Promise<string> {
  const { db } = scene.database
  const [productId, id, now] = [newId(), newId(), new Date()]
  const made = { createdAt: now, updatedAt: now, nicknames: [], search: '' }
  await db.product.create({ data: { id: productId, name: '锁定钢板', unit: '套', ...made } })
  const data = await readFile(new URL('../../docs/screens/desk.png', import.meta.url))
  const picture = { type: 'image/png', width: 1280, height: 800, data, small: data }
  await db.productPicture.create({ data: { id, productId, position: 1, ...picture } })
  return id
}

const contents = () => ({
  lines: [
    quoteLine({ pictureId, params: [{ name: '材质', value: '纯钛 TA3' }], note: '含专用锁定螺钉' }),
    quoteLine({ name: '空心螺钉', spec: '7.3×90 mm', unit: '枚', qty: '1200', price: '35.035' }),
    quoteLine({ name: '持骨钳', spec: '240 mm', unit: '把', qty: '2', price: '680', gift: true }),
  ],
  content: {
    terms: { payment: '签收后 30 天内付清', delivery: '下单后 7 个工作日，送到医院器械科', other: '' },
    instalments: [
      { label: '定金', shareBp: 3000, when: '下单时' },
      { label: '尾款', shareBp: 7000, when: '签收后 30 天' },
    ],
    risks: [{ id: newId(), words: '6 孔板与旧款导向器不通用，请同时更换导向器。' }],
  },
})

const fresh = (more: Parameters<typeof sendOne>[2] = {}) =>
  sendOne(scene.database.db, scene.cast, { ...contents(), at: new Date(), ...more })

async function phone(token: string, options: BrowserContextOptions = {}) {
  const page = await scene.browser.page({ viewport: { width: 375, height: 740 }, deviceScaleFactor: 2, userAgent, ...options })
  await page.goto(`${scene.server.base}/q/${token}`)
  return { page, ...screen('the customer', page.locator('body')), shot: (name: string) => shoot(page, name) }
}
const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
const answers = () => scene.database.db.quoteAnswer.findMany({ where: { quoteId: sent.quoteId }, orderBy: { at: 'asc' } })

it('is beautiful on a phone, light and dark, and wider', async () => {
  sent = await fresh()
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [375, 400, 1280]) {
      const { page, sees, shot } = await phone(sent.token, { viewport: { width, height: 800 }, colorScheme })
      await sees('仁济骨科医院', '锁定钢板', '还有 14 天', '确认报价', '浏览情况会同步给您的销售')
      expect(await overflow(page)).toBe(0)
      await shot(`quote page ${width} ${colorScheme}`)
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
      await shot(`quote page ${width} ${colorScheme}, below`)
      await page.context().close()
    }
})

it('is read without a script: nothing can be tapped that does nothing', async () => {
  const { page, shot } = await phone(sent.token, { javaScriptEnabled: false })
  expect(await page.getByRole('button').count()).toBe(0)
  await page.getByText('技术参数').click()
  await page.getByText('纯钛 TA3').waitFor()
  await page.getByRole('link', { name: '打电话' }).waitFor()
  await shot('quote page, no script')
  await page.context().close()
})

it('loads a picture when it comes near, and the whole page is light', async () => {
  const page = await scene.browser.page({ viewport: { width: 375, height: 740 }, userAgent })
  let bytes = 0
  page.on('response', async (response) => {
    if (/html|css|javascript/.test(response.headers()['content-type'] ?? '')) {
      const sizes = await response.request().sizes()
      bytes += sizes.responseBodySize
    }
  })
  await page.goto(`${scene.server.base}/q/${sent.token}`, { waitUntil: 'networkidle' })
  expect(bytes).toBeGreaterThan(5_000)
  expect(bytes).toBeLessThan(40 * 1024)
  expect(
    await page
      .locator('img')
      .first()
      .evaluate((image: HTMLImageElement) => image.naturalWidth),
  ).toBeGreaterThan(0)
  await page.context().close()
})

it('tells the rep what was before the eyes, and the time of it', async () => {
  const { page } = await phone(sent.token)
  await page.getByText('付款与交货').scrollIntoViewIfNeeded()
  const visit = () => scene.database.db.quoteVisit.findFirst({ where: { linkId: sent.linkId }, orderBy: { number: 'desc' } })
  await waitFor(async () => (await visit()) !== null, { ms: 15_000, every: 200 })
  await waitFor(
    async () => Object.keys(((await visit())?.sections ?? {}) as object).length > 0 && (await visit())?.stoppedAt !== null,
    { ms: 15_000, every: 200 },
  )
  expect(await visit()).toMatchObject({ device: 'iPhone · 微信', opens: 1 })
  await page.context().close()
})

it('我想调整 goes out in the customer’s own words, once for two taps, and stands there', async () => {
  const { page, taps, types, sees, shot, within } = await phone(sent.token)
  await taps('我想调整')
  await types('想怎么调', '数量加到 350 套，交期能不能提前到下周五')
  await shot('quote page, adjust')
  await within('dialog', '我想调整').tapsTwice('发给销售')
  await sees('收到，销售马上看到', '您想调整', '数量加到 350 套')
  await shot('quote page, adjusted')
  expect((await answers()).map(({ kind }) => kind)).toEqual(['adjust'])
  await page.context().close()
})

it('a question, and 暂不考虑 with a reason, are a tap away', async () => {
  sent = await fresh()
  const { page, taps, types, sees, shot, within } = await phone(sent.token)
  await taps('问一问')
  await types('想问什么', '运费谁出？')
  await within('dialog', '问一问').taps('发给销售')
  await sees('您问', '运费谁出？')
  await scene.database.db.quoteAnswer.updateMany({
    where: { quoteId: sent.quoteId },
    data: { reply: '我们出，放心', repliedAt: new Date() },
  })
  await page.reload()
  await sees('王磊：我们出，放心')
  await taps('暂不考虑')
  await page.getByRole('radio', { name: '价格偏高' }).click()
  await shot('quote page, decline')
  await within('dialog', '暂不考虑').taps('告诉销售')
  await sees('谢谢您告诉我们', '您暂不考虑')
  expect((await answers()).map(({ kind }) => kind)).toEqual(['ask', 'decline'])
  await page.context().close()
})

it('is confirmed by a drawn signature, which is loaded only then; a second device is told kindly', async () => {
  sent = await fresh()
  const other = await phone(sent.token)
  const { page, taps, sees, shot, within, types } = await phone(sent.token)
  const loaded: string[] = []
  page.on('request', (request) => loaded.push(request.url()))
  await taps('确认报价')
  const sheet = within('dialog', '确认报价')
  await types('您的姓名', '刘建国')
  await sheet.taps('确认报价')
  await sees('请留下手机号，或者手写签个名')
  expect(loaded.filter((url) => url.includes('sign'))).toEqual([])
  await taps('手写签名')
  await page.locator('canvas').waitFor()
  const box = await page.locator('canvas').boundingBox()
  if (!box) throw new Error('no place to sign')
  await page.mouse.move(box.x + 40, box.y + 60)
  await page.mouse.down()
  for (let i = 0; i < 12; i += 1) await page.mouse.move(box.x + 40 + i * 18, box.y + 60 + (i % 2 ? 40 : -10))
  await page.mouse.up()
  expect(loaded.filter((url) => url.includes('sign'))).toHaveLength(1)
  expect(await page.getByRole('alert').count()).toBe(0)
  await shot('quote page, confirm')
  await sheet.taps('确认报价')
  await sees('已确认', '确认好了，谢谢您', '刘建国')
  await shot('quote page, confirmed')
  const [answer] = await answers()
  expect(
    Buffer.from(answer?.signature ?? [])
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG')

  scene.browser.expectTrouble(/status of 409 .*\/answers/)
  await other.taps('确认报价')
  await other.types('手机号', '13912345678')
  await other.within('dialog', '确认报价').taps('确认报价')
  await other.sees('已经由 刘** 确认过了')
  await other.shot('quote page, somebody was quicker')
  await page.context().close()
  await other.page.context().close()
})

it('a new customer brings the sealed paper back as a photo', async () => {
  await scene.database.db.customer.update({ where: { id: sent.customerId }, data: { lastOrderOn: null } })
  sent = await fresh()
  const { page, taps, types, sees, shot, within } = await phone(sent.token)
  await taps('确认报价')
  await types('手机号', '13912345678')
  await within('dialog', '确认报价').taps('确认报价')
  await sees('盖章后拍照或扫描')
  await shot('quote page, wants a seal')
  const photo = await readFile(new URL('../../docs/screens/desk.png', import.meta.url))
  await page.locator('input[type=file]').setInputFiles({ name: '盖章.png', mimeType: 'image/png', buffer: photo })
  await sees('盖章件收到了，谢谢')
  await page.context().close()
})

it('withdrawn while it is open becomes a kind page by itself, from which a new one is asked for', async () => {
  sent = await fresh()
  scene.browser.expectTrouble(/status of 410/)
  const { page, taps, sees, seesNoMore, shot } = await phone(sent.token)
  await sees('锁定钢板')
  await scene.database.db.quoteVersion.update({ where: { id: sent.versionId }, data: { withdrawnAt: new Date() } })
  await page.mouse.wheel(0, 300)
  await sees('这份报价已经撤回', '打电话给王磊')
  await seesNoMore('锁定钢板', '仁济骨科医院')
  await shot('quote page, withdrawn')
  await taps('请重新报价')
  await sees('已经告诉销售了')
  expect((await answers()).map(({ words }) => words)).toEqual(['请重新报价'])
  await page.context().close()
})

it('a wrong link says so, without a name of anybody', async () => {
  scene.browser.expectTrouble(/status of 404/)
  const { page, sees, shot } = await phone('A'.repeat(22), { colorScheme: 'dark' })
  await sees('没有找到这份报价')
  await shot('quote page, wrong link')
  await page.context().close()
})

it('counts down while it is open, and at its end becomes the page that holds by then', async () => {
  const { token } = await fresh()
  const page = await scene.browser.page({ viewport: { width: 375, height: 740 }, userAgent })
  await page.clock.install()
  await page.goto(`${scene.server.base}/q/${token}`)
  await page.getByText('还有 14 天').waitFor()
  await page.clock.fastForward(2 * DAY)
  await page.getByText('还有 12 天').waitFor()
  const anew = page.waitForEvent('load')
  await page.clock.fastForward(13 * DAY)
  await anew
  await page.context().close()
})
