import { get } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId, sha256 } from '../../lib/ids.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { quoteLine, type SentOne, sendOne } from '../../test/factories/sent-quote.js'
import { type Server, startServer } from '../../test/factories/server.js'
import { DAY, MINUTE, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.49'
let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let cast: Cast
let now = NOW

beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  cast = await createCast(database.db)
  const env = { QUOTE_URL: 'http://q.bulou.localhost:3301', VERIFY_FILES: '{"MP_verify_abc.txt":"abc"}' }
  server = await startServer({ database: database.url, redis: redis.url, env, machineNow: () => now })
})
// Each begins with nobody having knocked.
beforeEach(() => {
  now = new Date(now.getTime() + 2 * MINUTE)
})
afterAll(async () => {
  await server.close()
  await Promise.all([database.close(), redis.stop()])
})

type Phone = { cookie?: string; 'user-agent'?: string; [name: string]: string | undefined }
const asPhone = (more: Phone = {}) => ({ 'user-agent': IPHONE, ...more }) as Record<string, string>
const send = (sending: Parameters<typeof sendOne>[2] = {}) => sendOne(database.db, cast, { at: now, ...sending })
const open = (token: string, more: Phone = {}) => server.call('GET', `/q/${token}`, { headers: asPhone(more) })
const deviceOf = (answer: { headers: Headers }) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
const seeing = { opening: true, sections: { head: 3, terms: 4 }, stoppedAt: 'terms' }
const sees = (token: string, more: Phone = {}, body: object = seeing) =>
  server.call('POST', `/q/${token}/seen`, { headers: asPhone(more), body })
const says = (token: string, body: object, more: Phone = {}) =>
  server.call('POST', `/q/${token}/answers`, { headers: asPhone(more), body: { requestId: newId(), ...body } })
const accepting = { kind: 'accept', name: '刘建国', phone: '138 1234 5678', signature: null }
const visits = ({ linkId }: SentOne) => database.db.quoteVisit.findMany({ where: { linkId }, orderBy: { number: 'asc' } })
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
    const sent = await send({ at: new Date(now.getTime() - DAY) })
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
})

const expire = ({ versionId }: SentOne) =>
  // What was sent can't be changed: the clock is what moves.
  database.db.$transaction([
    database.db.$executeRaw`ALTER TABLE quote_version DISABLE TRIGGER quote_version_is_final`,
    database.db.quoteVersion.update({ where: { id: versionId }, data: { validUntil: new Date(now.getTime() - 1) } }),
    database.db.$executeRaw`ALTER TABLE quote_version ENABLE TRIGGER quote_version_is_final`,
  ])
const withdraw = ({ versionId }: SentOne) =>
  database.db.quoteVersion.update({ where: { id: versionId }, data: { withdrawnAt: new Date() } })
const revoke = ({ linkId }: SentOne) => database.db.quoteLink.update({ where: { id: linkId }, data: { revokedAt: new Date() } })

describe('a picture', () => {
  it('is had by the link and its place in the quote, and by nothing else', async () => {
    const png = Buffer.from('89504e470d0a1a0a00000000', 'hex')
    const [productId, pictureId] = [newId(), newId()]
    const now = new Date()
    await database.db.product.create({
      data: { id: productId, name: '钢板', unit: '套', search: '', nicknames: [], createdAt: now, updatedAt: now },
    })
    const picture = { type: 'image/png', width: 800, height: 600, data: png, small: png.subarray(0, 9) }
    await database.db.productPicture.create({ data: { id: pictureId, productId, position: 1, ...picture } })
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

describe('a visit', () => {
  it('is what a page saw before somebody’s eyes: how long, where it stopped, and again', async () => {
    const sent = await send()
    const page = await open(sent.token)
    expect(await visits(sent)).toEqual([])
    const cookie = deviceOf(page)
    expect((await sees(sent.token, { cookie })).json).toEqual({ state: 'open', newest: 1 })
    await sees(sent.token, { cookie }, { opening: false, sections: { terms: 6 }, stoppedAt: 'lines' })
    await sees(sent.token, { cookie }, { opening: true, sections: { head: 1 }, stoppedAt: 'head' })
    expect(await visits(sent)).toMatchObject([
      { number: 1, opens: 2, device: 'iPhone · 微信', sections: { head: 4, terms: 10 }, stoppedAt: 'head' },
    ])
    expect((await database.db.quoteVersion.findUniqueOrThrow({ where: { id: sent.versionId } })).openedAt).not.toBeNull()
  })

  it('of another device is another one; reported twice at once it is one', async () => {
    const sent = await send()
    const [first, second] = [deviceOf(await open(sent.token)), deviceOf(await open(sent.token))]
    await Promise.all([first, first, second, second].map((cookie) => sees(sent.token, { cookie })))
    const found = await visits(sent)
    expect(found.map(({ number }) => number)).toEqual([1, 2])
    const cards = await database.db.card.count({
      where: { kind: 'quote-opened', subject: { in: found.map(({ id }) => `quote-visit:${id}`) } },
    })
    expect(cards).toBe(1)
  })

  it.each([
    ['a robot', { 'user-agent': 'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)' }],
    ['a machine that is driven', { 'user-agent': `${IPHONE.replace('Mobile', 'HeadlessChrome/120')}` }],
    ['nobody who says what they are', { 'user-agent': '' }],
    ['a page that was fetched ahead', { 'sec-purpose': 'prefetch;prerender' }],
    ['a chat app that draws its card', { 'x-purpose': 'preview' }],
  ])('is never %s', async (_what, headers) => {
    const sent = await send()
    const cookie = deviceOf(await open(sent.token))
    expect((await sees(sent.token, { cookie, ...headers })).status).toBe(200)
    expect(await visits(sent)).toEqual([])
  })

  it('is never a colleague’s, who is logged in here', async () => {
    const sent = await send()
    const session = await server.cookieOf(await cast.personId('wanglei'))
    const cookie = `${deviceOf(await open(sent.token))}; ${session}`
    await sees(sent.token, { cookie })
    expect(await visits(sent)).toEqual([])
    expect((await says(sent.token, accepting, { cookie })).status).toBe(403)
  })

  it('from another site, or in a shape of its own, is refused', async () => {
    const { token } = await send()
    expect((await sees(token, { origin: 'https://evil.example' })).status).toBe(403)
    for (const body of [
      {},
      { ...seeing, stoppedAt: 'attic' },
      { ...seeing, sections: { head: -1 } },
      { ...seeing, sections: { head: 1e9 } },
    ])
      expect((await sees(token, {}, body)).status).toBe(400)
  })
})

describe('an answer', () => {
  it('is the customer’s confirmation, with where it came from, and is asked back as a paper', async () => {
    const sent = await send()
    const cookie = deviceOf(await open(sent.token))
    const said = await says(sent.token, accepting, { cookie, 'x-forwarded-for': '6.6.6.6, 203.0.113.9' })
    expect(said.status).toBe(200)
    const kept = await database.db.quoteAnswer.findUniqueOrThrow({ where: { id: said.json.id } })
    expect(kept).toMatchObject({ kind: 'accept', name: '刘建国', ip: '203.0.113.9', device: 'iPhone · 微信', signature: null })
    expect(kept.phone).not.toContain('138')
    expect(await database.db.quote.findUniqueOrThrow({ where: { id: sent.quoteId } })).toMatchObject({ state: 'accepted' })
    expect(await database.db.outbox.findFirst({ where: { kind: 'render-accepted-pdf' } })).toMatchObject({
      payload: { answerId: kept.id },
    })
    expect(
      await database.db.auditEntry.findFirst({ where: { verb: 'quote-accepted', subject: `quote:${sent.quoteId}` } }),
    ).not.toBeNull()
    expect((await open(sent.token, { cookie })).text).toContain('刘建国')
    const other = (await open(sent.token)).text
    expect(other).toContain('已确认')
    expect(other).not.toContain('刘建国')
  })

  it('once, however often it is tapped; of two devices at once, one', async () => {
    const sent = await send()
    const requestId = newId()
    const taps = await Promise.all([0, 1, 2].map(() => says(sent.token, { ...accepting, requestId })))
    expect(new Set(taps.map(({ json }) => json.id)).size).toBe(1)

    const both = await send()
    const answers = await Promise.all([0, 1].map(() => says(both.token, accepting)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const refused = answers.find(({ status }) => status === 409)
    expect(refused?.json.error.words).toContain('已经由 刘** 确认过了')
    expect(await database.db.quoteAnswer.count({ where: { quoteId: both.quoteId } })).toBe(1)
  })

  it('is refused kindly when the quote was withdrawn while it was open, or ended', async () => {
    const sent = await send()
    const cookie = deviceOf(await open(sent.token))
    await withdraw(sent)
    expect((await sees(sent.token, { cookie })).json).toMatchObject({ state: 'withdrawn' })
    expect((await says(sent.token, accepting)).json.error.words).toContain('已经撤回')
    const late = await send()
    await expire(late)
    expect((await says(late.token, accepting)).json.error.words).toContain('过了有效期')
    expect((await says(late.token, { kind: 'ask', words: '请重新报价' })).status).toBe(200)
  })

  it.each([
    ['nobody’s name', { ...accepting, name: ' ' }, 400],
    ['neither phone nor signature', { ...accepting, phone: null }, 400],
    ['a phone that is none', { ...accepting, phone: '你猜' }, 400],
    ['a signature that is no picture', { ...accepting, phone: null, signature: `data:image/png;base64,${btoa('<svg>')}` }, 400],
    ['a reason of their own making', { kind: 'decline', reason: '哼', words: null }, 400],
    ['no words', { kind: 'ask', words: '' }, 400],
  ])('with %s is refused', async (_what, body, status) => {
    const { token, quoteId } = await send()
    expect((await says(token, body)).status).toBe(status)
    expect(await database.db.quoteAnswer.count({ where: { quoteId } })).toBe(0)
  })

  it('by a drawn signature keeps its picture', async () => {
    const { token } = await send()
    const png = Buffer.from('89504e470d0a1a0a0000', 'hex')
    const said = await says(token, { ...accepting, phone: null, signature: `data:image/png;base64,${png.toString('base64')}` })
    const kept = await database.db.quoteAnswer.findUniqueOrThrow({ where: { id: said.json.id } })
    expect(Buffer.from(kept.signature ?? [])).toEqual(png)
  })

  it('我想调整 is a step of the requirement’s chain, in the customer’s own words', async () => {
    const requirement = await cast.requirement('wmRenji')
    const sent = await send()
    await database.db.quote.update({ where: { id: sent.quoteId }, data: { requirementId: requirement.id } })
    const said = await says(sent.token, { kind: 'adjust', words: '数量加到350套，其他不变' })
    const { changeId } = await database.db.quoteAnswer.findUniqueOrThrow({ where: { id: said.json.id } })
    const change = await database.db.requirementChange.findUniqueOrThrow({
      where: { id: changeId ?? '' },
      include: { evidence: true, asks: true },
    })
    expect(change).toMatchObject({
      requirementId: requirement.id,
      types: ['功能增减'],
      slots: [{ field: 'quantity', after: '350 套' }],
    })
    expect(change.evidence?.messages).toMatchObject([
      { speaker: 'customer', name: '刘主任', text: '数量加到350套，其他不变', source: 'quote' },
    ])
    expect(change.asks.length).toBeGreaterThan(0)
  })

  it('暂不考虑 ends it, with why; whoever thinks again may confirm', async () => {
    const sent = await send()
    await says(sent.token, { kind: 'decline', reason: '价格偏高', words: '超预算了' })
    const state = async () => (await database.db.quote.findUniqueOrThrow({ where: { id: sent.quoteId } })).state
    expect(await state()).toBe('declined')
    expect(await database.db.quoteAnswer.findFirst({ where: { quoteId: sent.quoteId } })).toMatchObject({
      words: '价格偏高：超预算了',
    })
    expect((await says(sent.token, accepting)).status).toBe(200)
    expect(await state()).toBe('accepted')
  })

  it('a question comes back with its reply, to the device that asked', async () => {
    const { token } = await send()
    const cookie = deviceOf(await open(token))
    const said = await says(token, { kind: 'ask', words: '几号能到货呢' }, { cookie })
    await database.db.quoteAnswer.update({
      where: { id: said.json.id },
      data: { reply: '可以的，13 个点', repliedAt: new Date() },
    })
    expect((await open(token, { cookie })).text).toContain('可以的，13 个点')
    expect((await open(token)).text).not.toContain('几号能到货呢')
  })
})

describe('who knocks too often', () => {
  it('is asked to wait a minute, by address and by link; others are not', async () => {
    const [one, other] = [await send(), await send()]
    const from = (ip: string) => ({ 'x-forwarded-for': ip })
    const knocks = (token: string, ip: string) => says(token, { kind: 'ask', words: '' }, from(ip))
    for (let i = 0; i < 30; i += 1) expect((await knocks(one.token, '203.0.113.1')).status).toBe(400)
    expect((await knocks(other.token, '203.0.113.1')).status).toBe(429)
    expect((await knocks(one.token, '203.0.113.2')).status).toBe(429)
    expect((await knocks(other.token, '203.0.113.2')).status).toBe(400)
    now = new Date(now.getTime() + MINUTE)
    expect((await knocks(one.token, '203.0.113.1')).status).toBe(400)
  })

  it('and more answers than a person gives are not taken, whatever process hears them: they are counted from rows', async () => {
    const { token, quoteId } = await send()
    for (let i = 0; i < 20; i += 1) await says(token, { kind: 'ask', words: `第 ${i} 问` })
    expect((await says(token, accepting)).status).toBe(429)
    expect(await database.db.quoteAnswer.count({ where: { quoteId } })).toBe(20)
  })
})

describe('盖章回传', () => {
  const stamp = (token: string, data: Buffer) =>
    server.call('POST', `/q/${token}/stamp`, {
      headers: asPhone({ 'content-type': 'application/octet-stream' }),
      body: new Blob([new Uint8Array(data)]),
    })
  const paper = Buffer.from('%PDF-1.7 …')

  it('is asked of a new customer and kept once, as it came; anything else is no paper', async () => {
    const sent = await send()
    await database.db.customer.update({ where: { id: sent.customerId }, data: { lastOrderOn: null } })
    expect((await stamp(sent.token, paper)).status).toBe(409)
    const cookie = deviceOf(await open(sent.token))
    const said = await says(sent.token, accepting, { cookie })
    expect((await open(sent.token, { cookie })).text).toContain('上传盖章件')
    expect((await stamp(sent.token, Buffer.from('<html>'))).status).toBe(400)
    await Promise.all([stamp(sent.token, paper), stamp(sent.token, paper)])
    const files = await database.db.quoteFile.findMany({ where: { answerId: said.json.id, kind: 'stamped' } })
    expect(files).toMatchObject([{ type: 'application/pdf', sha256: sha256(paper) }])
    expect((await open(sent.token, { cookie })).text).toContain('盖章件收到了')
    expect(
      await database.db.auditEntry.findMany({ where: { verb: 'quote-stamped', subject: `quote:${sent.quoteId}` } }),
    ).toMatchObject([{ actor: 'customer' }])
  })

  it('is not asked of who has bought before, below the amount', async () => {
    const sent = await send({ lines: [{ qty: '1' }] })
    await database.db.customer.update({ where: { id: sent.customerId }, data: { lastOrderOn: new Date() } })
    const said = await says(sent.token, accepting)
    expect(await database.db.quoteAnswer.findUniqueOrThrow({ where: { id: said.json.id } })).toMatchObject({ wantsStamp: false })
  })
})

describe('the papers', () => {
  it('the quote’s is anybody’s who has the link, the receipt’s only theirs who confirmed', async () => {
    const sent = await send()
    const cookie = deviceOf(await open(sent.token))
    const { json } = await says(sent.token, accepting, { cookie })
    const file = { versionId: sent.versionId, type: 'application/pdf', sha256: 'x', data: Buffer.from('%PDF-'), at: new Date() }
    await database.db.quoteFile.create({ data: { id: newId(), kind: 'pdf', ...file } })
    await database.db.quoteFile.create({ data: { id: newId(), kind: 'accepted-pdf', answerId: json.id, ...file } })
    expect((await open(`${sent.token}/pdf`)).headers.get('content-type')).toBe('application/pdf')
    expect((await open(`${sent.token}/receipt`, { cookie })).status).toBe(200)
    expect((await open(`${sent.token}/receipt`)).status).toBe(404)
    expect((await open(`${sent.token}/receipt`, { cookie: deviceOf(await open(sent.token)) })).status).toBe(404)
  })
})

describe('the host of its own', () => {
  /** fetch names the host by itself. */
  const at = (path: string) =>
    new Promise<number>((resolve, reject) =>
      get(server.base + path, { headers: { host: 'q.bulou.localhost:3301', 'user-agent': IPHONE } }, (answer) => {
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
