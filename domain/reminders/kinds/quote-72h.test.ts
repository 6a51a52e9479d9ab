import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadDefinitions } from '../../../bot-server/definitions.js'
import { formatClock, shanghaiDay } from '../../../lib/format/dates.js'
import type { Cast } from '../../../test/factories/cast.js'
import { createChain } from '../../../test/factories/chain.js'
import { setCalm } from '../../../test/factories/ladders.js'
import { createLeads } from '../../../test/factories/leads.js'
import { createNewcomers } from '../../../test/factories/newcomers.js'
import { createQuoteRows } from '../../../test/factories/quote-rows.js'
import { at, DAY, HOUR, inWork, MINUTE, NOW } from '../../../test/factories/work.js'
import { waitFor } from '../../../test/rig/wait-for.js'
import { freshDb } from '../../../test/setup/db.js'
import { drawCard } from '../../card/draw-card.js'
import { undoFirstContact } from '../../first-contact/undo-first-contact.js'
import { createOpportunity } from '../../opportunity/create-opportunity.js'
import { makeOpportunity } from '../../opportunity/make-opportunity.js'
import { noteQuoted } from '../../opportunity/note-quoted.js'
import { sayInvalid, undoInvalid } from '../../opportunity/say-invalid.js'
import { undoOpportunity } from '../../opportunity/undo-opportunity.js'

// NOW is a Monday at 10:00.
let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let news: ReturnType<typeof createNewcomers>
let leads: ReturnType<typeof createLeads>
let quotes: ReturnType<typeof createQuoteRows>
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE quote CASCADE`
  ;({ cast } = await createChain(database.db))
  ;[news, leads, quotes] = [createNewcomers(cast), createLeads(cast), createQuoteRows(cast)]
})

/** When whom was told of it, and by which card: 「2026-11-25 10:00 王磊 reminder」. */
async function told(id: string): Promise<string[]> {
  const notices = await cast.db.notice.findMany({
    where: { reminder: { subject: `quote-72h:${id}` }, state: 'said' },
    include: { person: true, card: true },
    orderBy: [{ sayAt: 'asc' }, { id: 'asc' }],
  })
  return notices.map((one) => `${shanghaiDay(one.sayAt)} ${formatClock(one.sayAt)} ${one.person.name} ${one.card?.kind}`)
}
async function passes(until: Date, from = NOW): Promise<void> {
  for (let now = from; now <= until; now = at(HOUR, now)) await news.says(now)
}
/** Advisory locks that somebody holds, or waits for. */
async function locksOf(what: 'leads' | 'waiting'): Promise<number> {
  const [row] = await cast.db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted = ${what === 'leads'}
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
  return Number(row?.count ?? 0)
}
const lastCard = async () =>
  cast.db.card.findFirstOrThrow({ where: { kind: 'reminder' }, orderBy: { createdAt: 'desc' }, include: { copies: true } })
const quoted = async (opportunityId: string | null, when: Date, how: 'quote' | 'outside' = 'quote') => {
  const { id: customerId } = await cast.customer('wmRenji')
  return inWork(cast.db, (work) => noteQuoted(work, { customerId, opportunityId, how, at: when }), when)
}

describe('a lead without a price', () => {
  it('is told to its rep after 48 and 66 hours, to the manager after 72', async () => {
    const id = await leads.makes('wmRenji')
    await passes(at(4 * DAY))
    expect(await told(id)).toEqual([
      '2026-11-25 10:00 王磊 reminder',
      expect.stringMatching(/^2026-11-26 0[89]:00 王磊 reminder$/),
      '2026-11-26 10:00 李娜 reminder',
    ])
  })

  it('pauses on days off', async () => {
    const friday = at(4 * DAY)
    const id = await leads.makes('wmRenji', { at: friday })
    await passes(at(5 * DAY, friday), friday)
    expect((await told(id)).map((line) => line.slice(0, 19))).toEqual([
      '2026-12-01 10:00 王磊',
      expect.stringMatching(/^2026-12-02 0[89]:00 王磊$/),
      '2026-12-02 10:00 李娜',
    ])
  })

  it('whose clock was pushed past the end is told to the rep first, who has six hours', async () => {
    const id = await leads.makes('wmRenji')
    const late = at(2 * DAY + 23 * HOUR)
    await news.says(at(3 * HOUR, late))
    expect(await told(id)).toEqual(['2026-11-26 12:00 王磊 reminder'])
    await passes(at(10 * HOUR, late), at(3 * HOUR, late))
    expect(await told(id)).toEqual(['2026-11-26 12:00 王磊 reminder', '2026-11-26 18:00 李娜 reminder'])
  })

  it('in the trial managers are only noted', async () => {
    await setCalm(cast.db, { trialDays: 14 })
    await cast.db.organisation.update({ where: { id: 1 }, data: { since: at(-DAY) } })
    const id = await leads.makes('wmRenji')
    await passes(at(4 * DAY))
    expect((await told(id)).map((line) => line.slice(17))).toEqual(['王磊 reminder', '王磊 reminder'])
    expect(await cast.db.notice.count({ where: { state: 'would' } })).toBe(1)
  })

  it('says on the card what is left, and how it ends', async () => {
    await leads.makes('wmRenji')
    await news.says(at(2 * DAY))
    const card = await drawCard(cast.db, await lastCard(), at(2 * DAY))
    const customer = await cast.customer('wmRenji')
    expect(card).toMatchObject({
      title: `「${customer.name}」还没报价`,
      desc: '周一 10:00建的商机，72 小时内要报出去，还剩 1 天',
      page: `/h5/quotes/${customer.id}`,
    })
    expect(card?.buttons.map(({ label }) => label)).toEqual(['已另行报价', '无效', '1小时后', '明早再说', '转给…'])
  })

  it('has one clock, whoever made it, and none once it was taken back', async () => {
    await news.adds('wmNew')
    const [wang, { id }] = [await cast.actor('wanglei'), await news.first('wmNew')]
    const made = await inWork(cast.db, (work) => makeOpportunity(work, wang, { id }), at(MINUTE))
    await inWork(cast.db, (work) => makeOpportunity(work, wang, { id }), at(MINUTE))
    const opportunityId = made.opportunity?.id ?? ''
    expect(await leads.clock(opportunityId)).toMatchObject({ personId: wang.personId, startedAt: at(MINUTE) })
    expect(await cast.db.reminder.count({ where: { kind: 'quote-72h' } })).toBe(1)
    await inWork(cast.db, (work) => undoFirstContact(work, wang, { id }), at(2 * MINUTE))
    expect(await leads.clock(opportunityId)).toBeNull()
    await passes(at(4 * DAY))
    expect(await told(opportunityId)).toEqual([])
  })
})

describe('the first price', () => {
  it('ends the hours, the same minute too; a second one changes nothing', async () => {
    const id = await leads.makes('wmRenji')
    expect(await quoted(id, NOW)).toBe(id)
    expect(await quoted(id, at(HOUR), 'outside')).toBeNull()
    expect(await leads.lead(id)).toMatchObject({ quotedAt: NOW, quotedHow: 'quote' })
    await passes(at(4 * DAY))
    expect(await told(id)).toEqual([])
  })

  it('without a lead named is that of the customer that waits', async () => {
    const old = await leads.makes('wmRenji', { at: at(-DAY) })
    await quoted(old, at(-HOUR))
    const id = await leads.makes('wmRenji')
    expect(await quoted(null, at(HOUR))).toBe(id)
    expect(await quoted(null, at(2 * HOUR))).toBeNull()
  })

  it('that was sent just before the lead was recorded is the lead’s', async () => {
    const { quoteId } = await quotes.sent('wmRenji', { sentAt: at(-HOUR) })
    const id = await leads.makes('wmRenji')
    expect(await leads.lead(id)).toMatchObject({ quotedAt: at(-HOUR), quotedHow: 'quote' })
    expect(await leads.clock(id)).toBeNull()
    expect(await cast.db.quote.findUniqueOrThrow({ where: { id: quoteId } })).toMatchObject({ opportunityId: id })
    const next = await leads.makes('wmRenji', { at: at(HOUR) })
    expect(await leads.lead(next)).toMatchObject({ quotedAt: null })
  })

  it.each(['sends first', 'makes the lead first'])('who %s, at the same moment: neither misses the other', async (who) => {
    const { quoteId, customerId } = await quotes.sent('wmRenji')
    await cast.db.quote.update({ where: { id: quoteId }, data: { firstSentAt: null, state: 'draft' } })
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const sends = (hold: Promise<void>) =>
      inWork(cast.db, async (work) => {
        await work.tx.quote.update({ where: { id: quoteId }, data: { firstSentAt: NOW, state: 'sent' } })
        await noteQuoted(work, { customerId, opportunityId: null, how: 'quote', at: NOW })
        await hold
      })
    const ownerId = await cast.personId('wanglei')
    const makes = (hold: Promise<void>) =>
      inWork(cast.db, async (work) => {
        await createOpportunity(work, { title: '一起', customerId, contactId: null, ownerId })
        await hold
      })
    const [first, second] = who === 'sends first' ? [sends, makes] : [makes, sends]
    const one = first(gate)
    await waitFor(async () => (await locksOf('leads')) > 0)
    const two = second(Promise.resolve())
    await waitFor(async () => (await locksOf('waiting')) > 0)
    release()
    await Promise.all([one, two])
    expect(await cast.db.opportunity.findFirst({ where: { title: '一起' } })).toMatchObject({ quotedAt: NOW, quotedHow: 'quote' })
  })

  it('goes to the lead that stands, where the one of the draft was taken back', async () => {
    const old = await leads.makes('wmRenji')
    await inWork(cast.db, (work) => undoOpportunity(work, old))
    const id = await leads.makes('wmRenji', { at: at(HOUR) })
    expect(await quoted(old, at(2 * HOUR))).toBe(id)
  })

  it('of long ago is not', async () => {
    await quotes.sent('wmRenji', { sentAt: at(-10 * DAY) })
    const id = await leads.makes('wmRenji')
    expect(await leads.lead(id)).toMatchObject({ quotedAt: null })
  })
})

describe('无效', () => {
  it('pressed on the card ends the hours, and taken back they go on where they are by then', async () => {
    const { actions } = await loadDefinitions()
    const id = await leads.makes('wmRenji')
    await passes(at(2 * DAY))
    const [wang, card] = [await cast.actor('wanglei'), await lastCard()]
    const subjectId = card.subject.slice('reminder:'.length)
    const press = () =>
      inWork(
        cast.db,
        async (work) => actions.get('opportunity-invalid')?.run({ work, actor: wang }, { subjectId, note: '同行来问价' }),
        at(2 * DAY + HOUR),
      )
    expect(await press()).toBe(true)
    expect(await press()).toBe(false)
    expect(await leads.lead(id)).toMatchObject({ invalidWhy: '同行来问价', invalidById: wang.personId })
    expect(await drawCard(cast.db, card, at(2 * DAY + HOUR))).toMatchObject({ settled: expect.stringMatching(/：商机无效$/) })
    await passes(at(3 * DAY), at(2 * DAY + HOUR))
    expect(await told(id)).toHaveLength(1)
    expect(await inWork(cast.db, (work) => undoInvalid(work, wang, { id }), at(3 * DAY))).toBe(true)
    expect(await drawCard(cast.db, card, at(3 * DAY))).not.toHaveProperty('settled')
    await passes(at(4 * DAY), at(3 * DAY))
    expect((await told(id)).slice(1).map((line) => line.slice(17, 19))).toEqual(['李娜'])
  })

  it('is not a stranger’s to say', async () => {
    const id = await leads.makes('wmRenji')
    const other = await cast.actor('chenjing')
    await expect(inWork(cast.db, (work) => sayInvalid(work, other, { id, why: null }))).rejects.toThrow('没有找到这个商机')
  })
})
