import { describe, expect, it } from 'vitest'
import { newToken } from '../../domain/quote/quote-token.js'
import { newId, sha256 } from '../../lib/ids.js'
import { makePng } from '../../test/factories/pictures.js'
import { accepting, deviceOf, useQuotePage } from '../../test/factories/quote-page.js'
import { MINUTE } from '../../test/factories/work.js'

const { scene, send, open, sees, says, stamp, expire, withdraw } = useQuotePage()
const signed = (png: Uint8Array) => `data:image/png;base64,${Buffer.from(png).toString('base64')}`

describe('an answer', () => {
  it('is the customer’s confirmation, with where it came from, and is asked back as a paper', async () => {
    const sent = await send()
    const cookie = deviceOf(await open(sent.token))
    const said = await says(sent.token, accepting, { cookie, 'x-forwarded-for': '6.6.6.6, 203.0.113.9' })
    expect(said.status).toBe(200)
    const kept = await scene.db.quoteAnswer.findUniqueOrThrow({ where: { id: said.json.id } })
    expect(kept).toMatchObject({ kind: 'accept', name: '刘建国', ip: '203.0.113.9', device: 'iPhone · 微信', signature: null })
    expect(kept.phone).not.toContain('138')
    expect(await scene.db.quote.findUniqueOrThrow({ where: { id: sent.quoteId } })).toMatchObject({ state: 'accepted' })
    expect(await scene.db.outbox.findFirst({ where: { kind: 'render-accepted-pdf' } })).toMatchObject({
      payload: { answerId: kept.id },
    })
    expect(
      await scene.db.auditEntry.findFirst({ where: { verb: 'quote-accepted', subject: `quote:${sent.quoteId}` } }),
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
    expect(await scene.db.quoteAnswer.count({ where: { quoteId: both.quoteId } })).toBe(1)
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
    ['a signature that few bytes call vast', { ...accepting, phone: null, signature: signed(makePng(5_000, 1)) }, 400],
    ['a reason of their own making', { kind: 'decline', reason: '哼', words: null }, 400],
    ['no words', { kind: 'ask', words: '' }, 400],
  ])('with %s is refused', async (_what, body, status) => {
    const { token, quoteId } = await send()
    expect((await says(token, body)).status).toBe(status)
    expect(await scene.db.quoteAnswer.count({ where: { quoteId } })).toBe(0)
  })

  it('by a drawn signature keeps its picture', async () => {
    const { token } = await send()
    const png = Buffer.from(makePng(60, 20))
    const said = await says(token, { ...accepting, phone: null, signature: signed(png) })
    const kept = await scene.db.quoteAnswer.findUniqueOrThrow({ where: { id: said.json.id } })
    expect(Buffer.from(kept.signature ?? [])).toEqual(png)
  })

  it('我想调整 is a step of the requirement’s chain, in the customer’s own words', async () => {
    const requirement = await scene.cast.requirement('wmRenji')
    const sent = await send()
    await scene.db.quote.update({ where: { id: sent.quoteId }, data: { requirementId: requirement.id } })
    const said = await says(sent.token, { kind: 'adjust', words: '数量加到350套，其他不变' })
    const { changeId } = await scene.db.quoteAnswer.findUniqueOrThrow({ where: { id: said.json.id } })
    const change = await scene.db.requirementChange.findUniqueOrThrow({
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
    const state = async () => (await scene.db.quote.findUniqueOrThrow({ where: { id: sent.quoteId } })).state
    expect(await state()).toBe('declined')
    expect(await scene.db.quoteAnswer.findFirst({ where: { quoteId: sent.quoteId } })).toMatchObject({
      words: '价格偏高：超预算了',
    })
    expect((await says(sent.token, accepting)).status).toBe(200)
    expect(await state()).toBe('accepted')
  })

  it('a question comes back with its reply, to the device that asked', async () => {
    const { token } = await send()
    const cookie = deviceOf(await open(token))
    const said = await says(token, { kind: 'ask', words: '几号能到货呢' }, { cookie })
    await scene.db.quoteAnswer.update({
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
    scene.now = new Date(scene.now.getTime() + MINUTE)
    expect((await knocks(one.token, '203.0.113.1')).status).toBe(400)
  })

  it('and more answers than a person gives are not taken, whatever process hears them: they are counted from rows', async () => {
    const { token, quoteId } = await send()
    for (let i = 0; i < 20; i += 1) await says(token, { kind: 'ask', words: `第 ${i} 问` })
    expect((await says(token, accepting)).status).toBe(429)
    expect(await scene.db.quoteAnswer.count({ where: { quoteId } })).toBe(20)
  })
})

describe('盖章回传', () => {
  const paper = Buffer.from('%PDF-1.7 …')

  it('is asked of a new customer and kept once, as it came; anything else is no paper', async () => {
    const sent = await send()
    await scene.db.customer.update({ where: { id: sent.customerId }, data: { lastOrderOn: null } })
    expect((await stamp(sent.token, paper)).status).toBe(409)
    const cookie = deviceOf(await open(sent.token))
    const said = await says(sent.token, accepting, { cookie })
    expect((await open(sent.token, { cookie })).text).toContain('上传盖章件')
    expect((await stamp(sent.token, Buffer.from('<html>'))).status).toBe(400)
    // Too large for anybody; of who has no link nothing is read, so nobody sees how large it was.
    const huge = Buffer.alloc(10 * 1024 * 1024 + 1)
    expect((await stamp(newToken(), huge)).status).toBe(404)
    await Promise.all([stamp(sent.token, paper), stamp(sent.token, paper)])
    const files = await scene.db.quoteFile.findMany({ where: { answerId: said.json.id, kind: 'stamped' } })
    expect(files).toMatchObject([{ type: 'application/pdf', sha256: sha256(paper) }])
    expect((await open(sent.token, { cookie })).text).toContain('盖章件收到了')
    expect(
      await scene.db.auditEntry.findMany({ where: { verb: 'quote-stamped', subject: `quote:${sent.quoteId}` } }),
    ).toMatchObject([{ actor: 'customer' }])
  })

  it('is not asked of who has bought before, below the amount', async () => {
    const sent = await send({ lines: [{ qty: '1' }] })
    await scene.db.customer.update({ where: { id: sent.customerId }, data: { lastOrderOn: new Date() } })
    const said = await says(sent.token, accepting)
    expect(await scene.db.quoteAnswer.findUniqueOrThrow({ where: { id: said.json.id } })).toMatchObject({ wantsStamp: false })
  })
})

describe('the papers', () => {
  it('the quote’s is anybody’s who has the link, the receipt’s only theirs who confirmed', async () => {
    const sent = await send()
    const cookie = deviceOf(await open(sent.token))
    const { json } = await says(sent.token, accepting, { cookie })
    const file = {
      versionId: sent.versionId,
      type: 'application/pdf',
      sha256: 'f00d',
      data: Buffer.from('%PDF-'),
      at: new Date(),
    }
    await scene.db.quoteFile.create({ data: { id: newId(), kind: 'pdf', ...file } })
    await scene.db.quoteFile.create({ data: { id: newId(), kind: 'accepted-pdf', answerId: json.id, ...file } })
    expect((await open(`${sent.token}/pdf`)).headers.get('content-type')).toBe('application/pdf')
    expect((await open(`${sent.token}/receipt`, { cookie })).status).toBe(200)
    expect((await open(sent.token, { cookie })).text).toContain('SHA-256 f00d')
    expect((await open(sent.token)).text).not.toContain('f00d')
    expect((await open(`${sent.token}/receipt`)).status).toBe(404)
    expect((await open(`${sent.token}/receipt`, { cookie: deviceOf(await open(sent.token)) })).status).toBe(404)
  })
})
