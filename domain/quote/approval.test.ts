import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import approveQuote from '../../bot-server/actions/approve-quote.js'
import refuseQuote from '../../bot-server/actions/refuse-quote.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { makeProduct } from '../../test/factories/products.js'
import { draftLine, writtenDraft } from '../../test/factories/quote-drafts.js'
import { createDesk, type Desk } from '../../test/factories/quotes.js'
import { at, inWork, MINUTE, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { drawCard } from '../card/draw-card.js'
import { defaultQuotePolicy } from '../rule/quote-policy.contract.js'
import { setRule } from '../rule/rule.js'
import { askApproval } from './ask-approval.js'
import { type Decision, decideApproval } from './decide-approval.js'
import { dropDraft } from './drop-draft.js'
import { mayDecide } from './find-deciders.js'
import type { QuoteDraft, QuoteView } from './quote.contract.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let desk: Desk
let quote: QuoteView
let product: string
beforeAll(async () => {
  database = await freshDb()
  cast = await createCast(database.db)
  desk = createDesk(cast)
})
afterAll(() => database.close())
beforeEach(async () => {
  await policy([])
  await cast.db.person.updateMany({ data: { leftAt: null } })
  product = await makeProduct(database.db, { name: '钢板', price: '113', cost: '90.4' })
  quote = await desk.saves(await desk.drafts('wmRenji'), cheap())
})

const LINE = '0198a000-0000-7000-8000-000000000001'
const onCredit = { payment: '月结 30 天', delivery: '', other: '' }
/** Below the list and below the margin. */
const cheap = (some: Partial<QuoteDraft> = {}): QuoteDraft =>
  writtenDraft([draftLine({ id: LINE, productId: product, name: '钢板', qty: '10', price: '100' })], { terms: onCredit, ...some })

const asks = async (by = 'wanglei', note: string | null = '老客户，量大') => {
  const actor = await cast.actor(by)
  return inWork(cast.db, (work) => askApproval(work, actor, { quoteId: quote.id, note }))
}
const decides = async (by: string, approvalId: string, some: Partial<Decision> = {}, now = at(MINUTE)) => {
  const actor = await cast.actor(by)
  return inWork(cast.db, (work) => decideApproval(work, actor, { approvalId, verdict: 'approve', note: null, ...some }), now)
}
const policy = (deciders: string[]) =>
  inWork(cast.db, (work) => setRule(work, { name: 'quotePolicy', value: { ...defaultQuotePolicy, deciders }, by: 'system' }))
const copiesOf = (approvalId: string, kind = 'quote-approval') =>
  cast.db.cardCopy.findMany({ where: { card: { kind, subject: `quote-approval:${approvalId}` } }, include: { person: true } })
const holders = async (approvalId: string, kind?: string) =>
  (await copiesOf(approvalId, kind)).map(({ person }) => person.name).sort()
const card = (approvalId: string, kind = 'quote-approval') =>
  drawCard(cast.db, { kind, subject: `quote-approval:${approvalId}` }, at(MINUTE))
const approval = (id: string) => cast.db.quoteApproval.findUniqueOrThrow({ where: { id } })
const viewed = () => desk.viewed(quote)

describe('a draft that breaks the policy', () => {
  it('is not sent, and says why', async () => {
    await expect(desk.sends(quote)).rejects.toMatchObject({
      code: 'needs-approval',
      words: expect.stringContaining('毛利低于要求'),
    })
  })

  it('is put to the rep’s superior, by a card with what it breaks, figures and buttons', async () => {
    const id = await asks()
    expect(await holders(id)).toEqual(['李娜'])
    const drawn = await card(id)
    expect(drawn).toMatchObject({
      title: '报价待审批：仁济骨科医院',
      desc: '王磊：老客户，量大',
      page: `/h5/quote/${quote.id}`,
    })
    expect(drawn?.fields).toEqual([
      { label: '合计', value: '1,000.00 元' },
      { label: '价格', value: '钢板 100 元，低于标价的 113 元' },
      { label: '毛利', value: '毛利 9.6%，要求 18.5%' },
    ])
    expect(drawn?.buttons.map(({ action, page }) => [action, page ?? null])).toEqual([
      ['approve-quote', null],
      ['refuse-quote', `/h5/quote/${quote.id}?as=refuse-quote`],
      ['see-quote', `/h5/quote/${quote.id}`],
    ])
  })

  it('keeps no figure where a rep may read it', async () => {
    await asks()
    expect(JSON.stringify(await viewed())).not.toMatch(/9\.6|90\.4|18\.5/)
    expect((await viewed()).approvals).toMatchObject([{ state: 'asked', isCurrent: true, note: '老客户，量大' }])
  })

  it('is asked about once: again for the same draft is the same asking', async () => {
    const first = await asks()
    expect(await asks()).toBe(first)
    const [a, b] = await Promise.all([asks(), asks()])
    expect([a, b]).toEqual([first, first])
    expect(await holders(first)).toEqual(['李娜'])
  })

  it('is not put to anybody while something stops it, nor where nothing needs a yes', async () => {
    quote = await desk.saves(quote, cheap({ lines: [] }))
    await expect(asks()).rejects.toMatchObject({ code: 'blocked', words: '还没有产品' })
    quote = await desk.saves(quote, { lines: [draftLine({ productId: product, price: '120' })] })
    await expect(asks()).rejects.toMatchObject({ code: 'needs-none' })
    await expect(asks('chenjing')).rejects.toMatchObject({ status: 404 })
  })
})

describe('同意', () => {
  it('lets that draft be sent, tells who asked, and settles the card', async () => {
    const id = await asks()
    expect(await decides('lina', id, { note: '就这一次' })).toBe(true)
    expect(await holders(id, 'quote-decision')).toEqual(['王磊'])
    expect(await card(id, 'quote-decision')).toMatchObject({ title: '李娜同意了，可以发给客户', quote: { text: '就这一次' } })
    expect(await card(id)).toMatchObject({ buttons: [], settled: '李娜已同意' })
    expect((await viewed()).approvals).toMatchObject([{ state: 'approved', isCurrent: true, decidedBy: { name: '李娜' } }])
    expect((await desk.sends(quote)).version).toBe(1)
  })

  it('is for that draft: another one is another matter', async () => {
    const id = await asks()
    await decides('lina', id)
    quote = await desk.saves(quote, cheap({ discountFen: 1 }))
    await expect(desk.sends(quote)).rejects.toMatchObject({ code: 'needs-approval' })
    expect((await viewed()).approvals).toMatchObject([{ isCurrent: false }])
    expect(await asks()).not.toBe(id)
    // Written back as it was, it is what was let pass.
    quote = await desk.saves(quote, cheap())
    expect((await desk.sends(quote)).version).toBe(1)
  })

  it('covers what it broke then, not what it breaks since', async () => {
    const id = await asks()
    await decides('lina', id)
    await cast.db.customer.update({ where: { id: quote.customer.id }, data: { creditFen: 1n } })
    await expect(desk.sends(quote)).rejects.toMatchObject({
      code: 'needs-approval',
      words: expect.stringContaining('超出信用额度'),
    })
    await cast.db.customer.update({ where: { id: quote.customer.id }, data: { creditFen: null } })
    expect((await desk.sends(quote)).version).toBe(1)
  })

  it('does not cover a margin that got worse since, and is asked for anew', async () => {
    await decides('lina', await asks())
    await cast.db.product.update({ where: { id: product }, data: { cost: '100' } })
    await expect(desk.sends(quote)).rejects.toMatchObject({ code: 'needs-approval', words: expect.stringContaining('毛利') })
    await decides('lina', await asks())
    expect((await desk.sends(quote)).version).toBe(1)
    expect(JSON.stringify(await viewed())).not.toContain('mark')
  })

  it('is not for the quote’s own rep to say, whoever put it', async () => {
    const [id, lina] = [await asks(), await cast.personId('lina')]
    await cast.db.quote.update({ where: { id: quote.id }, data: { ownerId: lina } })
    await expect(decides('lina', id)).rejects.toMatchObject({ code: 'not-yours' })
    expect(await decides('heping', id)).toBe(true)
  })

  it('may be given for other instalments, which are then what the draft says', async () => {
    const id = await asks()
    const [thirds] = defaultQuotePolicy.instalmentTemplates
    await expect(decides('lina', id, { instalments: (thirds ?? []).slice(1) })).rejects.toMatchObject({ code: 'blocked' })
    expect(await decides('lina', id, { instalments: thirds ?? [] })).toBe(true)
    quote = await viewed()
    expect(quote.draft?.instalments).toEqual(thirds)
    expect(quote.approvals).toMatchObject([{ isCurrent: true, instalments: thirds }])
    expect(await card(id)).toMatchObject({ settled: '李娜已同意，付款改为定金 30%、发货款 60%、质保金 10%' })
    expect((await desk.sends(quote)).versions[0]?.content.instalments).toEqual(thirds)
  })

  it('counts once: a second press, and an administrator at the same moment, come too late', async () => {
    const id = await asks()
    const done = await Promise.all([
      decides('lina', id),
      decides('heping', id, { verdict: 'refuse', note: '太低' }),
      decides('lina', id),
    ])
    expect(done.filter(Boolean)).toHaveLength(1)
    expect(await decides('lina', id)).toBe(false)
    const entries = await cast.db.auditEntry.findMany({
      where: { subject: `quote:${quote.id}`, verb: { in: ['quote-approval-approve', 'quote-approval-refuse'] } },
    })
    expect(entries).toHaveLength(1)
    expect(await holders(id, 'quote-decision')).toEqual(['王磊'])
  })

  it('comes too late for a draft that was changed while it was on the way: the card says so', async () => {
    const id = await asks()
    await desk.saves(quote, cheap({ discountFen: 1 }))
    expect(await approval(id)).toMatchObject({ state: 'withdrawn' })
    expect(await card(id)).toMatchObject({ buttons: [], settled: '报价改过，不用审了', withdrawn: true })
    expect(await decides('lina', id)).toBe(false)
    // Whoever wrote past the save: the press itself sees that it is another draft.
    const again = await asks()
    await cast.db.quote.update({ where: { id: quote.id }, data: { draft: cheap({ discountFen: 2 }) as object } })
    expect(await decides('lina', again)).toBe(false)
    expect(await approval(again)).toMatchObject({ state: 'withdrawn', decidedById: null })
  })
})

it('退回 says why, and the rep reads it', async () => {
  const id = await asks()
  await expect(decides('lina', id, { verdict: 'refuse', note: '  ' })).rejects.toMatchObject({ code: 'note-needed' })
  expect(await decides('lina', id, { verdict: 'refuse', note: '至少 105' })).toBe(true)
  expect(await card(id, 'quote-decision')).toMatchObject({
    title: '李娜退回了报价',
    quote: { title: '为什么', text: '至少 105' },
  })
  await expect(desk.sends(quote)).rejects.toMatchObject({ code: 'needs-approval' })
  expect(await asks()).not.toBe(id)
})

it('the buttons of the card run it', async () => {
  const [actor, id] = [await cast.actor('lina'), await asks()]
  const press = { subjectId: id, note: null }
  await expect(inWork(cast.db, (work) => refuseQuote.run({ work, actor }, press))).rejects.toMatchObject({ code: 'note-needed' })
  expect(await inWork(cast.db, (work) => approveQuote.run({ work, actor }, press))).toBe(true)
  expect(await inWork(cast.db, (work) => approveQuote.run({ work, actor }, press))).toBe(false)
})

describe('who decides', () => {
  it('is no rep, not who asks, and nobody who may not see what it costs', async () => {
    const id = await asks()
    for (const by of ['wanglei', 'chenjing', 'zhaoqiang'])
      await expect(decides(by, id)).rejects.toMatchObject({ code: 'not-yours', status: 403 })
    expect(await mayDecide(cast.db, await cast.actor('lina'), quote.id)).toBe(true)
    expect(await mayDecide(cast.db, await cast.actor('wanglei'), quote.id)).toBe(false)
  })

  it('is whom the policy names, where it names somebody who may see costs', async () => {
    const deciders = [await cast.personId('sunyue'), await cast.personId('zhaoqiang')]
    await inWork(cast.db, (work) =>
      setRule(work, { name: 'quotePolicy', value: { ...defaultQuotePolicy, deciders }, by: 'system' }),
    )
    const id = await asks()
    expect(await holders(id)).toEqual(['孙悦'])
    expect(await decides('sunyue', id)).toBe(true)
  })

  it('is somebody else for a manager’s own', async () => {
    const id = await asks('lina')
    expect(await holders(id)).not.toContain('李娜')
    await expect(decides('lina', id)).rejects.toMatchObject({ code: 'not-yours' })
    expect(await decides('heping', id)).toBe(true)
  })

  it('is whoever stands in for a superior who has left', async () => {
    await cast.db.person.update({ where: { id: await cast.personId('lina') }, data: { leftAt: NOW } })
    const id = await asks()
    expect(await holders(id)).toEqual(['何平'])
    expect(await decides('heping', id)).toBe(true)
  })
})

it('a draft that is dropped takes its asking along: the card turns grey and is taken back, a late press changes nothing', async () => {
  const [actor, id] = [await cast.actor('wanglei'), await asks()]
  const copyId = (await copiesOf(id))[0]?.id ?? ''
  await cast.db.cardCopy.update({ where: { id: copyId }, data: { state: 'submitted', stateAt: NOW, handle: 'message-1' } })
  expect(await inWork(cast.db, (work) => dropDraft(work, actor, quote.id))).toBe(false)
  expect(await cast.db.outbox.count({ where: { kind: 'recall-card', payload: { equals: { copyId } } } })).toBe(1)
  expect(await card(id)).toMatchObject({ buttons: [], withdrawn: true, settled: '报价不用审了' })
  expect(await decides('lina', id)).toBe(false)
})
