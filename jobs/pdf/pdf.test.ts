import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sha256 } from '../../lib/ids.js'
import { type Browser, openBrowser, screenFile } from '../../test/browser.js'
import { drawSheet } from './draw-sheet.js'
import { pngOf } from './fixtures/png.js'
import { BLUE, RED, sampleSheet } from './fixtures/sample-sheet.js'
import { renderPdf } from './render.js'
import { isUsable } from './usable-picture.js'

type Read = { text: string; images: number }[]
let browser: Browser
let read: (pdf: Buffer, picture?: { page: number; name: string }) => Promise<Read>

const FOLDER = new URL('./legacy/build/', import.meta.resolve('pdfjs-dist/package.json'))

beforeAll(async () => {
  browser = await openBrowser()
  const page = await browser.page()
  let bytes: Buffer = Buffer.alloc(0)
  await page.route('http://pdf.test/**', async (route) => {
    const path = new URL(route.request().url()).pathname.slice(1)
    if (path === '')
      return route.fulfill({
        contentType: 'text/html',
        body: '<canvas></canvas><script type="module" src="/pdf.min.mjs"></script>',
      })
    if (path === 'paper.pdf') return route.fulfill({ contentType: 'application/pdf', body: bytes })
    return route.fulfill({ contentType: 'text/javascript', body: await readFile(fileURLToPath(new URL(path, FOLDER))) })
  })
  await page.goto('http://pdf.test/')
  read = async (pdf, picture) => {
    bytes = pdf
    const answer = await page.evaluate(readInPage, picture?.page ?? 1)
    if (picture) await page.locator('canvas').screenshot({ path: screenFile(`${picture.name}.png`) })
    return answer
  }
})
afterAll(() => browser.close())

/** Runs in Chromium: every page's words and how many pictures it shows; one page is drawn. */
async function readInPage(shown: number): Promise<Read> {
  const lib = (globalThis as unknown as { pdfjsLib: typeof import('pdfjs-dist') }).pdfjsLib
  lib.GlobalWorkerOptions.workerSrc = 'http://pdf.test/pdf.worker.min.mjs'
  const paper = await lib.getDocument({ url: `http://pdf.test/paper.pdf?${performance.now()}` }).promise
  const pages = []
  for (let i = 1; i <= paper.numPages; i++) {
    const page = await paper.getPage(i)
    const { items } = await page.getTextContent()
    const { fnArray } = await page.getOperatorList()
    const images = fnArray.filter((fn) => fn === lib.OPS.paintImageXObject).length
    pages.push({ text: items.map((item) => ('str' in item ? item.str : '')).join(''), images })
  }
  const page = await paper.getPage(shown)
  const viewport = page.getViewport({ scale: 1.5 })
  const canvas = document.querySelector('canvas')
  if (!canvas) throw new Error('no canvas')
  canvas.width = viewport.width
  canvas.height = viewport.height
  await page.render({ canvas, viewport }).promise
  return pages
}

const wordsOf = (pages: Read) =>
  pages
    .map(({ text }) => text)
    .join('')
    .replaceAll(/\s/g, '')

it('a quote: who, what, for how much and on which terms, with its pictures', async () => {
  const sheet = sampleSheet()
  const paper = await read(await drawSheet(sheet), { page: 1, name: 'quote pdf, first page' })
  const words = wordsOf(paper)
  for (const said of [
    ...[
      '报价31·第2版',
      '报价日期2026年11月23日',
      '有效期至2026年12月8日',
      '三季度紧固件采购',
      '华强五金',
      '黄老板',
      '深圳市精工紧固件有限公司',
    ],
    ...[
      '200箱0.0357.00',
      '1,234.5公斤12,345.67890115,240,740.60',
      '材质：碳钢；表面：镀蓝白锌，盐雾72小时',
      '注：刻字内容以确认函为准。',
    ],
    ...[
      '320只35.00赠送定制包装箱（赠品）',
      '赠品价值（不计入合计）700.00',
      '整单优惠-123.45',
      '价格已含13%税',
      '合计15,240,974.15元',
    ],
    ...[
      '大写：壹仟伍佰贰拾肆万零玖佰柒拾肆元壹角伍分',
      '按阶梯返点，本单可返228,600.00元',
      '运费另计350.00元',
      '因原材料价格波动超过5%时，双方另行协商。',
    ],
    ...[
      '预付30%·4,572,292.25元·签约后3天内',
      '满100,000.00元返1.5%',
      '该批镀锌件在海边使用，建议每年检查一次。',
      `内容SHA-256${sheet.contentHash}`,
    ],
  ])
    expect(words).toContain(said)
  expect(words).not.toContain('确认书')
  expect(paper[0]?.images).toBe(2)
  expect(paper.map(({ text }) => /第 \d+ \/ \d+ 页/.exec(text)?.[0])).toEqual(['第 1 / 2 页', '第 2 / 2 页'])
})

it('two hundred lines: each page begins with the head of the table, no line is lost, and one picture is embedded once', async () => {
  const pdf = await drawSheet(sampleSheet({ lines: 200 }))
  const pages = await read(pdf, { page: 2, name: 'quote pdf, 200 lines' })
  const goods = pages.filter(({ text }) => text.includes('法兰盘'))
  expect(goods.length).toBeGreaterThan(8)
  for (const { text } of goods) expect(text.replaceAll(/\s/g, '')).toContain('产品数量单价（元）金额（元）')
  const all = wordsOf(pages)
  for (let i = 0; i < 200; i++) expect(all).toContain(`法兰盘DN${50 + i}`)
  expect(pdf.length).toBeLessThan(400_000)
})

it('an acceptance: by whom, when and from where, what it is not, and the quote whole behind it', async () => {
  const sheet = sampleSheet({ accepted: true })
  const paper = await read(await drawSheet(sheet), { page: 1, name: 'quote pdf, accepted' })
  const words = wordsOf(paper)
  for (const said of [
    ...[
      '报价确认书',
      '姓名黄建国',
      '手机13912345678',
      '2026年11月24日14:05:09（北京时间）',
      'IP地址203.0.113.7',
      '设备iPhone·微信',
    ],
    ...['作为双方沟通的证据留存。它不是合同，也不属于可靠的电子签名', '收到盖章件', '按这个做，尽快发货。'],
    ...[`报价内容SHA-256${sheet.contentHash}`, `确认记录SHA-256${'ab'.repeat(32)}`, '不锈钢内六角圆柱头螺钉'],
  ])
    expect(words).toContain(said)
  expect(paper[0]?.images).toBe(1)
  const without = sampleSheet({ accepted: true })
  if (without.acceptance) Object.assign(without.acceptance, { signature: null, wantsStamp: false, name: null, words: null })
  const plain = wordsOf(await read(await drawSheet(without)))
  expect(plain).toContain('手写签名未签')
  expect(plain).toContain('姓名未填写')
  expect(plain).not.toContain('盖章')
})

it('the same sheet is the same bytes', async () => {
  const [first, second] = [await renderPdf(sampleSheet({ accepted: true })), await renderPdf(sampleSheet({ accepted: true }))]
  expect(sha256(second)).toBe(sha256(first))
})

it('words that are longer than a page go on overleaf; pictures that no paper can show are left out', async () => {
  const sheet = sampleSheet()
  const [line] = sheet.content.lines
  if (line) {
    line.params = Array.from({ length: 30 }, (_, i) => ({ name: `参数${i}${'长'.repeat(30)}`, value: `${'值'.repeat(118)}${i}` }))
    line.name = `${'W'.repeat(79)}末`
    line.note = Array.from({ length: 60 }, (_, i) => `第${i}行`)
      .join('\n')
      .slice(0, 200)
  }
  sheet.content.terms.other = Array.from({ length: 100 }, (_, i) => `条${i}`)
    .join('\n')
    .slice(0, 500)
  const png = pngOf(20, [1, 2, 3])
  sheet.pictures = { [BLUE]: Buffer.from('RIFF0000WEBPVP8 '), [RED]: png.subarray(0, png.length - 30) }
  const pages = await read(await drawSheet(sheet))
  const words = wordsOf(pages)
  expect(words).toContain(`${'值'.repeat(118)}29`)
  expect(words).toContain('条99')
  expect(words).toMatch(/W末/)
  expect(pages.reduce((sum, { images }) => sum + images, 0)).toBe(0)
})

it('a paper shows PNG, with and without transparency, and JPEG; nothing else', async () => {
  const page = await browser.page()
  const jpeg = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.getContext('2d')?.fillRect(0, 0, 9, 9)
    return canvas.toDataURL('image/jpeg').split(',')[1] ?? ''
  })
  expect(await isUsable(Buffer.from(jpeg, 'base64'))).toBe(true)
  expect(await isUsable(pngOf(9, [9, 9, 9], true))).toBe(true)
  expect(await isUsable(pngOf(9, [9, 9, 9]))).toBe(true)
  for (const bad of [
    Buffer.alloc(0),
    Buffer.from('<svg/>'),
    Buffer.from('RIFF0000WEBPVP8 '),
    pngOf(9, [1, 1, 1]).subarray(0, 40),
  ])
    expect(await isUsable(bad)).toBe(false)
})

it('a child that does not answer is given up for now', async () => {
  await expect(renderPdf(sampleSheet(), 1)).rejects.toThrow('did not answer')
  expect((await renderPdf(sampleSheet())).subarray(0, 5).toString()).toBe('%PDF-')
})
