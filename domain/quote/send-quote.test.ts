import { describe, expect, it } from 'vitest'
import { newId, sha256 } from '../../lib/ids.js'
import type { Cast } from '../../test/factories/cast.js'
import { type Desk, secrets, useDesk } from '../../test/factories/quotes.js'
import { at, DAY, HOUR, inWork, NOW } from '../../test/factories/work.js'
import { findSaid } from '../reminders/find-said.js'
import { editQuote } from './edit-quote.js'
import { findByToken } from './find-by-token.js'
import { makeContract } from './make-contract.js'
import { noteGiven } from './note-given.js'
import type { QuoteDraft, QuoteView } from './quote.contract.js'
import { renewLink } from './quote-links.js'
import { replyAnswer } from './reply-answer.js'
import { withdrawQuote } from './withdraw-quote.js'

let cast: Cast
let desk: Desk
useDesk((made) => {
  ;({ cast, desk } = made)
})

const first = (draft: QuoteDraft | null | undefined) => {
  const line = draft?.lines[0]
  if (!line) throw new Error('no line')
  return line
}
const edits = async (quote: QuoteView) => {
  const actor = await cast.actor('wanglei')
  return inWork(cast.db, (work) => editQuote(work, actor, quote.id))
}
/** v2 of what was sent: another quantity. */
const again = async (quote: QuoteView, qty = '300', when = at(HOUR)) => {
  const open = await edits(quote)
  return desk.sends(await desk.saves(open, { lines: [{ ...first(open.draft), qty }] }), { at: when })
}
const withdraws = async (quote: QuoteView) => {
  const actor = await cast.actor('wanglei')
  await inWork(cast.db, (work) => withdrawQuote(work, actor, { quoteId: quote.id, words: null }), at(2 * HOUR))
}
const opens = async (quote: QuoteView, { version = 1, when = at(HOUR) } = {}) =>
  findByToken(cast.db, await desk.token(quote, version), when)

describe('发出', () => {
  it('freezes what the customer reads, gives it a link, asks for its PDF and ends the lead’s 72 hours', async () => {
    const [customerId, contactId] = [(await cast.customer('wmRenji')).id, await cast.contactId('wmRenji')]
    const lead = {
      id: newId(),
      title: '钢板',
      customerId,
      contactId,
      ownerId: await cast.personId('wanglei'),
      createdAt: at(-HOUR),
    }
    await cast.db.opportunity.create({ data: lead })
    const quote = await desk.sent()
    expect(quote).toMatchObject({ state: 'sent', version: 1, hasDraft: false, draft: null, totalFen: 8_000_000 })
    const [version] = quote.versions
    expect(version?.content).toMatchObject({
      ...{ number: quote.number, version: 1, to: { company: quote.customer.name } },
      from: { organisation: '永固五金', name: '王磊' },
      totals: { totalFen: 8_000_000 },
      // 15 days after the Monday on which it was sent, the day itself not counted.
      validUntil: '2026-12-08T15:59:59.999Z',
    })
    expect(await cast.db.opportunity.findUnique({ where: { id: lead.id } })).toMatchObject({ quotedAt: NOW, quotedHow: 'quote' })
    expect(await cast.db.outbox.count({ where: { kind: 'render-quote-pdf' } })).toBe(1)
    expect(await opens(quote)).toMatchObject({ state: 'open', version: { id: version?.id }, newest: { version: 1 } })
  })

  it('says a margin to a manager, and none to a rep', async () => {
    const quote = await desk.sent()
    expect(quote.versions[0]?.marginBp).toBeNull()
    const { versions } = await desk.viewed(quote, 'lina')
    // 400 with 13 % in it, at a cost of 200 with 13 % in it.
    expect(versions[0]?.marginBp).toBe(5000)
  })

  it('twice with the same draft, from two pages at once, is once', async () => {
    await desk.plate()
    const quote = await desk.drafts('wmRenji')
    const [one, other] = await Promise.all([desk.sends(quote), desk.sends(quote)])
    expect([one.version, other.version]).toEqual([1, 1])
    expect(await cast.db.quoteVersion.count()).toBe(1)
    expect(await cast.db.quoteLink.count()).toBe(1)
  })

  it('of a draft that somebody changed meanwhile is refused, and sends nothing', async () => {
    await desk.plate()
    const quote = await desk.drafts('wmRenji')
    await desk.saves(quote, { title: '改过' }, { by: 'lina' })
    await expect(desk.sends(quote)).rejects.toMatchObject({ code: 'stale', status: 409 })
    expect(await cast.db.quoteVersion.count()).toBe(0)
  })

  it('is judged when it is sent: what lacks a price or costs us more than it brings stays here', async () => {
    const bare = await desk.drafts('wmRenji')
    await expect(desk.sends(bare)).rejects.toMatchObject({ code: 'blocked', status: 409 })
    await desk.plate()
    const low = await desk.drafts('wmRenji')
    const cheap = await desk.saves(low, { lines: [{ ...first(low.draft), price: '100' }] })
    await expect(desk.sends(cheap)).rejects.toMatchObject({ code: 'needs-approval', status: 409 })
    expect(await cast.db.quoteVersion.count()).toBe(0)
  })

  it('is for who may write it', async () => {
    await desk.plate()
    const quote = await desk.drafts('wmRenji')
    await expect(desk.sends(quote, { by: 'chenjing' })).rejects.toMatchObject({ code: 'unknown-quote' })
    expect((await desk.sends(quote, { by: 'lina' })).version).toBe(1)
  })
})

describe('a version', () => {
  it('says what it said when it was sent, whatever becomes of products, customers, people and settings', async () => {
    const quote = await desk.sent()
    const before = JSON.stringify(quote.versions[0]?.content)
    await cast.db.product.updateMany({ data: { price: '999', name: '别的', cost: '1', params: [] } })
    await cast.db.customer.updateMany({ data: { name: '别的客户', tier: 'VIP' } })
    await cast.db.person.updateMany({ data: { name: '别人' } })
    const { versions } = await desk.viewed(quote, 'lina')
    expect(JSON.stringify(versions[0]?.content)).toBe(before)
    expect(versions[0]?.marginBp).toBe(5000)
  })

  it('can’t be changed or removed by anybody who writes past us', async () => {
    const [{ id } = { id: '' }] = (await desk.sent()).versions
    const change = (data: object) => cast.db.quoteVersion.update({ where: { id }, data })
    const kept = [
      { content: {} },
      { totalFen: 1n },
      { costFen: 1n },
      { validUntil: at(90 * DAY) },
      { contentHash: 'x' },
      { version: 2 },
    ]
    for (const data of kept) await expect(change(data)).rejects.toThrow()
    await expect(cast.db.quoteVersion.delete({ where: { id } })).rejects.toThrow()
    await change({ openedAt: NOW })
  })

  it('is followed by the next: the earlier link shows what was sent and says that there is a newer one', async () => {
    const quote = await desk.sent()
    const second = await again(quote)
    expect(second).toMatchObject({ version: 2, totalFen: 12_000_000, state: 'sent' })
    expect(await opens(second, { version: 1 })).toMatchObject({
      state: 'replaced',
      version: { version: 1, totalFen: 8_000_000n },
      newest: { version: 2 },
    })
    expect(await opens(second, { version: 2 })).toMatchObject({ state: 'open' })
    // After its own day nobody reads the earlier one any more.
    expect(await opens(second, { version: 1, when: at(60 * DAY) })).toMatchObject({ state: 'expired' })
  })

  it('that a customer confirmed is not replaced or withdrawn; it becomes a contract, once, as it was accepted', async () => {
    const quote = await desk.sent()
    const actor = await cast.actor('wanglei')
    const contract = () => inWork(cast.db, (work) => makeContract(work, actor, quote.id))
    await expect(contract()).rejects.toMatchObject({ code: 'not-accepted' })
    const open = await edits(quote)
    await desk.answers(quote, 'accept')
    await expect(desk.sends(open)).rejects.toMatchObject({ code: 'accepted', status: 409 })
    await expect(edits(quote)).rejects.toMatchObject({ code: 'accepted' })
    await expect(withdraws(quote)).rejects.toMatchObject({ code: 'accepted' })
    // What they accepted, they may read after its day.
    expect(await opens(quote, { when: at(60 * DAY) })).toMatchObject({ state: 'open' })
    const ids = await Promise.all([contract(), contract()])
    expect(ids[0]).toBe(ids[1])
    const { content, totalFen } = await cast.db.contract.findUniqueOrThrow({ where: { id: ids[0] } })
    expect([content, totalFen]).toEqual([quote.versions[0]?.content, 8_000_000n])
  })
})

describe('a link', () => {
  it('opens for whoever has its token, which stands nowhere to be read', async () => {
    const quote = await desk.sent()
    const token = await desk.token(quote)
    expect(token).toMatch(/^[\w-]{22}$/)
    const [row] = await cast.db.quoteLink.findMany()
    expect(row?.hash).toBe(sha256(token))
    const everything = JSON.stringify(
      [row, await cast.db.auditContent.findMany(), await cast.db.outbox.findMany()],
      (_, value) => (typeof value === 'bigint' ? value.toString() : value),
    )
    expect(everything).not.toContain(token)
    for (const wrong of ['', 'x'.repeat(22), token.slice(1), `${token}a`])
      expect(await findByToken(cast.db, wrong, NOW)).toEqual({ state: 'wrong' })
  })

  it('is copied by who may write the quote, and by nobody else', async () => {
    const quote = await desk.sent()
    expect(await desk.link(quote)).toMatchObject({
      url: expect.stringMatching(/^https:\/\/q\.example\.com\/q\/[\w-]{22}$/),
      imageUrl: expect.stringMatching(/\/card\.png$/),
      title: quote.title,
      desc: '永固五金 · 合计 80,000.00 元，有效至 12月8日 周二',
    })
    await expect(desk.link(quote, { by: 'chenjing' })).rejects.toMatchObject({ code: 'unknown-quote' })
  })

  it('made anew opens nothing where the old one went', async () => {
    const quote = await desk.sent()
    const before = await desk.token(quote)
    const actor = await cast.actor('wanglei')
    await inWork(cast.db, (work) => renewLink(work, actor, { quoteId: quote.id, version: 1, secrets }), at(HOUR))
    expect(await findByToken(cast.db, before, NOW)).toEqual({ state: 'wrong' })
    expect(await opens(quote)).toMatchObject({ state: 'open' })
    const other = await cast.actor('chenjing')
    const theirs = inWork(cast.db, (work) => renewLink(work, other, { quoteId: quote.id, version: 1, secrets }))
    await expect(theirs).rejects.toMatchObject({ code: 'unknown-quote' })
  })

  it('says when its day is over, and when it was withdrawn; a newer version opens it again', async () => {
    const quote = await desk.sent()
    const end = new Date(quote.versions[0]?.validUntil ?? '')
    expect((await opens(quote, { when: end })).state).toBe('open')
    expect((await opens(quote, { when: new Date(end.getTime() + 1) })).state).toBe('expired')
    await withdraws(quote)
    await withdraws(quote)
    expect((await opens(quote)).state).toBe('withdrawn')
    const second = await again(quote, '10', at(3 * HOUR))
    expect(second.state).toBe('sent')
    expect((await opens(second, { version: 1 })).state).toBe('withdrawn')
    expect((await opens(second, { version: 2 })).state).toBe('open')
  })
})

it('is waited for from when it was sent, put into the chat or forgotten; not where a file was sent or it was withdrawn', async () => {
  const quote = await desk.sent()
  const actor = await cast.actor('wanglei')
  const gives = (how: 'chat' | 'pdf', when: Date) =>
    inWork(cast.db, (work) => noteGiven(work, actor, { quoteId: quote.id, version: 1, how }), when)
  const open = () => cast.db.reminder.findMany({ where: { kind: 'quote-unopened', state: 'open' } })
  const says = async () => {
    const [reminder] = await open()
    return JSON.stringify(reminder && (await findSaid(cast.db, reminder, at(DAY))))
  }
  expect(await says()).toContain('还没放进聊天')
  await gives('chat', at(HOUR))
  await gives('chat', at(2 * HOUR))
  expect((await cast.db.quoteVersion.findFirstOrThrow()).givenAt).toEqual(at(HOUR))
  expect(await open()).toHaveLength(1)
  expect(await says()).not.toContain('还没放进聊天')
  await gives('pdf', at(3 * HOUR))
  expect(await open()).toEqual([])
  const second = await again(quote)
  expect(await open()).toHaveLength(1)
  await withdraws(second)
  expect(await open()).toEqual([])
})

it('a question is answered once, by who may', async () => {
  const quote = await desk.sent()
  const answerId = await desk.answers(quote, 'ask', '能再便宜点吗')
  const replies = async (by: string, words: string) => {
    const actor = await cast.actor(by)
    return inWork(cast.db, (work) => replyAnswer(work, actor, { answerId, words }))
  }
  await expect(replies('chenjing', '不')).rejects.toMatchObject({ code: 'unknown-quote' })
  await replies('wanglei', '量大可以谈')
  await expect(replies('lina', '不行')).rejects.toMatchObject({ code: 'replied' })
  expect((await desk.viewed(quote)).answers).toMatchObject([{ kind: 'ask', words: '能再便宜点吗', reply: '量大可以谈' }])
})
