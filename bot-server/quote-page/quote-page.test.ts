import { get } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { defaultQuotePolicy } from '../../domain/rule/quote-policy.contract.js'
import { setRule } from '../../domain/rule/rule.js'
import { newId } from '../../lib/ids.js'
import { accepting, deviceOf, IPHONE, useQuotePage } from '../../test/factories/quote-page.js'
import { quoteLine, type SentOne } from '../../test/factories/sent-quote.js'
import { DAY, inWork } from '../../test/factories/work.js'

const { scene, send, open, sees, says, visits, expire, withdraw, revoke } = useQuotePage({
  QUOTE_URL: 'http://q.bulou.localhost:3301',
  VERIFY_FILES: '{"MP_verify_abc.txt":"abc"}',
})

/** What must stand nowhere on a page without data. */
const secretsOf = ({ content }: SentOne) => [content.lines[0]?.name ?? '', content.to.company, '428.5', '128,550']

describe('the page', () => {
  it('is whole without a script: what was sent, escaped, and what the reading is for', async () => {
    const sent = await send({
      lines: [
        { name: '<b>钢板</b>', params: [{ name: '材质', value: '"钛"' }] },
        { name: '螺钉', gift: true, price: '2' },
      ],
    })
    const { status, text } = await open(sent.token)
    expect(status).toBe(200)
    for (const words of [
      '仁济骨科医院',
      '刘主任',
      '128,550.00',
      '&#60;b&#62;钢板',
      '&#34;钛&#34;',
      '赠品',
      '货到 30 天内付清',
      '021-66668888',
    ])
      expect(text).toContain(words)
    expect(text).not.toContain('<b>钢板')
    expect(text).toContain('浏览情况会同步给您的销售')
    expect(text).not.toMatch(/可靠电子签名|合同/)
  })

  it('is kept by nobody, indexed by nobody, and runs nothing but ours', async () => {
    const { token } = await send()
    const { headers, text } = await open(token)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-robots-tag')).toContain('noindex')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(text).toContain('<meta name="robots" content="noindex')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|https?:/)
    expect(text).not.toMatch(/ style="| on\w+="|<script>|<style/)
  })

  it('of thirty products is less than 26 KB on the wire: with its script and style, 40', async () => {
    const params = [
      { name: '材质', value: '纯钛 TA3' },
      { name: '灭菌', value: '环氧乙烷' },
    ]
    const lines = Array.from({ length: 30 }, (_, i) => quoteLine({ name: `接骨板 ${i}`, spec: `${i + 3} 孔 左右通用`, params }))
    const { token } = await send({ lines })
    expect(gzipSync((await open(token)).text).length).toBeLessThan(26 * 1024)
  })

  it('has a watermark for each who looks: other devices see another one', async () => {
    const { token, content } = await send()
    const marks = await Promise.all([open(token), open(token)])
    const codes = marks.map(({ text }) => new RegExp(`${content.to.company} · ([0-9A-F]{6}) · `).exec(text)?.[1])
    expect(codes[0]).toMatch(/^[0-9A-F]{6}$/)
    expect(codes[1]).not.toBe(codes[0])
    const again = await open(token, { cookie: deviceOf(marks[0]) })
    expect(again.text).toContain(codes[0])
  })

  it('says that a newer version exists, and still shows what was sent, to be read only', async () => {
    const first = await send()
    await send({ quoteId: first.quoteId, lines: [{ price: '400' }] })
    const { text } = await open(first.token)
    expect(text).toContain('已有新的 v2')
    expect(text).toContain('428.5')
    expect(text).not.toContain('data-kind="accept"')
    expect(await says(first.token, accepting)).toMatchObject({ status: 409, json: { error: { code: 'replaced' } } })
  })

  it.each([
    ['expired', '请重新报价', (one: SentOne) => expire(one)],
    ['withdrawn', '请重新报价', (one: SentOne) => withdraw(one)],
    ['of a link that was taken back', '没有找到这份报价', (one: SentOne) => revoke(one)],
  ])('%s is a kind page without data', async (state, words, end) => {
    const sent = await send({ at: new Date(scene.now.getTime() - DAY) })
    const device = deviceOf(await open(sent.token))
    await end(sent)
    const { status, text } = await open(sent.token, { cookie: device })
    expect(status).toBe(state.startsWith('of') ? 404 : 410)
    expect(text).toContain(words)
    for (const secret of secretsOf(sent)) expect(text).not.toContain(secret)
    expect((await open(`${sent.token}/pdf`)).status).toBe(404)
    expect((await says(sent.token, accepting)).status).toBeGreaterThanOrEqual(404)
    await sees(sent.token, { cookie: device })
    expect(await visits(sent)).toEqual([])
  })

  it.each(['A'.repeat(22), 'short', `${'A'.repeat(21)}!`, '..%2f..%2fetc', ''])('of no link («%s») says so', async (token) => {
    const { status, text } = await open(token)
    expect(status).toBe(404)
    expect(text).toContain('没有找到这份报价')
  })

  it('of no link offers the firm’s phone, where one was set, and nobody’s name', async () => {
    expect((await open('A'.repeat(22))).text).not.toContain('tel:')
    const value = { ...defaultQuotePolicy, phone: '400-800 1234' }
    await inWork(scene.db, (work) => setRule(work, { name: 'quotePolicy', value, by: 'system' }))
    const { text } = await open('A'.repeat(22))
    expect(text).toContain('href="tel:4008001234">打电话给我们')
    expect(text).not.toContain('王磊')
  })
})

describe('a picture', () => {
  it('is had by the link and its place in the quote, and by nothing else', async () => {
    const png = Buffer.from('89504e470d0a1a0a00000000', 'hex')
    const [productId, pictureId] = [newId(), newId()]
    const now = new Date()
    await scene.db.product.create({
      data: { id: productId, name: '钢板', unit: '套', search: '', nicknames: [], createdAt: now, updatedAt: now },
    })
    const picture = { type: 'image/png', width: 800, height: 600, data: png, small: png.subarray(0, 9) }
    await scene.db.productPicture.create({ data: { id: pictureId, productId, position: 1, ...picture } })
    const { token } = await send({ lines: [{}, { pictureId }, { pictureId }] })
    const { text } = await open(token)
    expect(text).toContain(`srcset="/q/${token}/picture/0/small 160w, /q/${token}/picture/0/whole 800w"`)
    expect(text).toContain('loading="lazy"')
    expect(text).not.toContain(pictureId)
    const [small, whole, none] = await Promise.all(['0/small', '0/whole', '1/small'].map((it) => open(`${token}/picture/${it}`)))
    expect([small?.status, whole?.status, none?.status]).toEqual([200, 200, 404])
    expect(small?.headers.get('content-type')).toBe('image/png')
    const [card, other] = await Promise.all([open(`${token}/card.png`), open(`${'B'.repeat(22)}/card.png`)])
    expect([card.status, other.status]).toEqual([200, 404])
  })
})

describe('the host of its own', () => {
  /** fetch names the host by itself. */
  const at = (path: string) =>
    new Promise<number>((resolve, reject) =>
      get(scene.server.base + path, { headers: { host: 'q.bulou.localhost:3301', 'user-agent': IPHONE } }, (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      }).on('error', reject),
    )
  it('serves quotes, what proves that it is ours, and nothing of the product', async () => {
    const { token } = await send()
    expect(await at(`/q/${token}`)).toBe(200)
    expect(await at('/MP_verify_abc.txt')).toBe(200)
    for (const path of [
      '/',
      '/h5/',
      '/api/me',
      '/auth/wecom',
      '/callback/wecom',
      '/healthz',
      '/readyz',
      '/metrics',
      '/hooks/calls',
      '/got/x',
      '/q',
    ])
      expect(await at(path), path).toBe(404)
  })
})
