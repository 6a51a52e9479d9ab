import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Cast } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { createNewcomers } from '../../test/factories/newcomers.js'
import { at, DAY, HOUR, inWork, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { editOpportunity } from '../opportunity/edit-opportunity.js'
import { makeOpportunity } from '../opportunity/make-opportunity.js'
import type { Actor } from '../person/actor.js'
import { handOver } from '../reminders/acts/hand-over.js'
import { sayHandled } from '../reminders/acts/say-handled.js'
import type { Work } from '../work.js'
import { findFirstContact } from './find-first-contact.js'
import { joinCustomer } from './join-customer.js'
import { countFirstContacts, listFirstContacts } from './list-first-contacts.js'
import { nurture } from './nurture.js'
import { refuseProposal } from './refuse-proposal.js'
import { sayNotCustomer } from './say-not-customer.js'
import { undoFirstContact } from './undo-first-contact.js'
import { wakeNurtured } from './wake-nurtured.js'

// NOW is a Monday at 10:00.
let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let news: ReturnType<typeof createNewcomers>
let id: string
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast } = await createChain(database.db))
  news = createNewcomers(cast)
  await news.adds('wmNew', { channel: 'expo-1' })
  id = (await news.first('wmNew')).id
})

const does = async <T>(userid: string, act: (work: Work, actor: Actor) => Promise<T>, when = at(HOUR)) => {
  const actor = await cast.actor(userid)
  return inWork(cast.db, (work) => act(work, actor), when)
}
/** All that an act may change, as it stands. */
const rows = async () => ({
  firsts: await cast.db.firstContact.findMany({ orderBy: { id: 'asc' } }),
  // The 72 hours of a 商机 end with it (kinds/quote-72h.test.ts); a row of them stays.
  reminders: await cast.db.reminder.findMany({ where: { kind: { not: 'quote-72h' } }, orderBy: { id: 'asc' } }),
  notices: await cast.db.notice.findMany({ orderBy: { id: 'asc' } }),
  contacts: await cast.db.contact.findMany({ orderBy: { id: 'asc' } }),
  requirements: await cast.db.requirement.findMany({ orderBy: { id: 'asc' } }),
  opportunities: await cast.db.opportunity.findMany({ where: { undoneAt: null }, orderBy: { id: 'asc' } }),
})
const row = () => cast.db.firstContact.findUniqueOrThrow({ where: { id } })
const list = async (userid: string) => listFirstContacts(cast.db, await cast.actor(userid), { after: null, now: NOW })

it('who came by themselves waits for the rep until the rep lets them in', async () => {
  await news.adds('wmHalf', { half: true })
  const half = (await news.first('wmHalf')).id
  const source = async () => (await list('wanglei')).rows.find((one) => one.id === half)?.source
  expect(await source()).toBe('half-add')
  const { contactId } = await news.first('wmHalf')
  await cast.db.follow.updateMany({ where: { contactId }, data: { addWay: 1 } })
  expect(await source()).toBe('add')
})

describe('one tap', () => {
  it('建商机: name and source are there already, the rest may follow; the clock is closed', async () => {
    await news.learns('wmNew', { company: '新力机电' })
    const view = await does('wanglei', (work, actor) => makeOpportunity(work, actor, { id }))
    expect(view).toMatchObject({ state: 'opportunity', dueAt: null })
    expect(view.opportunity).toMatchObject({ title: '新力机电 · 新联系人', source: 'add', stage: null, amountFen: null })
    expect(await news.clocks()).toEqual([])
    const edit = { id: view.opportunity?.id ?? '', title: '电机 20 台', source: '展会', stage: '已报价', amountFen: 1_230_000 }
    expect(await does('wanglei', (work, actor) => editOpportunity(work, actor, edit))).toMatchObject(edit)
    await expect(does('chenjing', (work, actor) => editOpportunity(work, actor, edit))).rejects.toMatchObject({ status: 404 })
  })

  it('建商机, changed before the tap: what was said stands, also where it is nothing', async () => {
    expect((await list('wanglei')).rows[0]).toMatchObject({ title: '新联系人' })
    const make = { id, title: '电机 20 台', source: null, stage: '已报价', amountFen: 1_230_000 }
    const view = await does('wanglei', (work, actor) => makeOpportunity(work, actor, make))
    const { id: _, ...said } = make
    expect(view.opportunity).toMatchObject(said)
  })

  it('建商机 twice is one', async () => {
    await Promise.all([1, 2].map(() => does('wanglei', (work, actor) => makeOpportunity(work, actor, { id }))))
    expect(await cast.db.opportunity.count({ where: { undoneAt: null } })).toBe(1)
  })

  it('不是客户', async () => {
    expect(await does('wanglei', (work, actor) => sayNotCustomer(work, actor, { id }))).toMatchObject({ state: 'not_customer' })
    expect(await row()).toMatchObject({ closedAt: at(HOUR), closedById: await cast.personId('wanglei') })
    expect(await news.clocks()).toEqual([])
  })

  it('老客户的新联系人: joins that company', async () => {
    const customer = await cast.customer('wmRenji')
    const view = await does('wanglei', (work, actor) => joinCustomer(work, actor, { id, customerId: customer.id }))
    expect(view).toMatchObject({ state: 'joined', joined: { id: customer.id } })
    expect((await cast.customer('wmNew')).id).toBe(customer.id)
  })

  it('老客户的新联系人 of a colleague only where that was proposed', async () => {
    const customer = await cast.customer('wmJinhai') // 陈静's
    const joins = () => does('wanglei', (work, actor) => joinCustomer(work, actor, { id, customerId: customer.id }))
    await expect(joins()).rejects.toMatchObject({ code: 'unknown-customer' })
    await news.learns('wmNew', { company: customer.name })
    expect((await list('wanglei')).rows[0]).toMatchObject({ proposed: { customerId: customer.id, why: 'company' }, dueAt: null })
    expect(await joins()).toMatchObject({ state: 'joined', proposed: null })
  })

  it('先养着: comes back on the morning of that day, with a clock of its own', async () => {
    await does('wanglei', (work, actor) => nurture(work, actor, { id, until: '2026-12-01' }))
    expect(await news.clocks()).toEqual([])
    expect(await inWork(cast.db, (work) => wakeNurtured(work), at(7 * DAY))).toBe(0)
    const morning = new Date('2026-12-01T00:15:00Z')
    expect(await inWork(cast.db, (work) => wakeNurtured(work), morning)).toBe(1)
    expect(await row()).toMatchObject({ state: 'open', until: null, closedAt: null })
    expect(await news.clocks()).toMatchObject([{ startedAt: morning, personId: await cast.personId('wanglei') }])
    await expect(does('wanglei', (work, actor) => nurture(work, actor, { id, until: '2026-11-23' }))).rejects.toMatchObject({
      code: 'past',
    })
  })

  it('不是这家: the clock begins, and the same is not proposed again', async () => {
    const { name } = await cast.customer('wmJinhai')
    await news.learns('wmNew', { company: name })
    await does('wanglei', (work, actor) => refuseProposal(work, actor, { id }))
    expect(await row()).toMatchObject({ state: 'open', proposedCustomerId: null })
    expect(await news.clocks()).toMatchObject([{ startedAt: at(HOUR) }])
    await news.learns('wmNew', { company: name, number: '13800001111' })
    expect(await row()).toMatchObject({ state: 'open' })
  })

  it('what somebody else decided is said, and not decided again', async () => {
    await news.adds('wmNew', { by: 'chenjing', at: at(1) })
    await does('chenjing', (work, actor) => sayNotCustomer(work, actor, { id }))
    const late = does('wanglei', (work, actor) => makeOpportunity(work, actor, { id }))
    await expect(late).rejects.toMatchObject({ code: 'closed-before', status: 409, words: expect.stringContaining('陈静') })
    expect(await does('wanglei', (work, actor) => sayNotCustomer(work, actor, { id }))).toMatchObject({ state: 'not_customer' })
  })

  it('is nobody’s who doesn’t know them', async () => {
    await expect(does('chenjing', (work, actor) => sayNotCustomer(work, actor, { id }))).rejects.toMatchObject({ status: 404 })
  })
})

describe('撤销', () => {
  const acts: Record<string, (work: Work, actor: Actor) => Promise<unknown>> = {
    建商机: (work, actor) => makeOpportunity(work, actor, { id }),
    不是客户: (work, actor) => sayNotCustomer(work, actor, { id }),
    先养着: (work, actor) => nurture(work, actor, { id, until: '2026-12-01' }),
    老客户的新联系人: async (work, actor) => {
      const customer = await work.tx.customer.findFirstOrThrow({ where: { ownerId: actor.personId } })
      return joinCustomer(work, actor, { id, customerId: customer.id })
    },
  }

  for (const [name, act] of Object.entries(acts))
    it(`of ${name} leaves every row as it was, with what had been said and put off`, async () => {
      await news.adds('wm2')
      await news.says(at(5 * HOUR))
      const before = await rows()
      await does('wanglei', act, at(6 * HOUR))
      expect(await rows()).not.toEqual(before)
      await does('wanglei', (work, actor) => undoFirstContact(work, actor, { id }), at(7 * HOUR))
      expect(await rows()).toEqual(before)
    })

  it('of the second act leads back to the first, and of the first to the beginning', async () => {
    const beginning = await rows()
    await does('wanglei', (work, actor) => nurture(work, actor, { id, until: '2026-12-01' }))
    const nurtured = await rows()
    await does('wanglei', (work, actor) => makeOpportunity(work, actor, { id }))
    const undo = () => does('wanglei', (work, actor) => undoFirstContact(work, actor, { id }))
    await undo()
    expect(await rows()).toEqual(nurtured)
    await undo()
    expect(await rows()).toEqual(beginning)
    await expect(undo()).rejects.toMatchObject({ code: 'nothing-to-undo' })
  })

  it('of a refused proposal proposes again, and the clock it began is over', async () => {
    await news.learns('wmNew', { company: (await cast.customer('wmJinhai')).name })
    await does('wanglei', (work, actor) => refuseProposal(work, actor, { id }))
    expect(await does('wanglei', (work, actor) => undoFirstContact(work, actor, { id }))).toMatchObject({
      state: 'known',
      proposed: { why: 'company' },
    })
    expect(await news.clocks()).toEqual([])
  })

  it('of a joining takes along what a capture had begun under their own name', async () => {
    const messageIds = [await cast.says('wmNew', '要 200 套')]
    await cast.captures('wmNew', { messageIds, requirementId: null })
    const before = await rows()
    const own = await cast.customer('wmNew')
    const customer = await cast.customer('wmRenji')
    await does('wanglei', (work, actor) => joinCustomer(work, actor, { id, customerId: customer.id }))
    expect(await cast.db.requirement.count({ where: { customerId: own.id } })).toBe(0)
    await does('wanglei', (work, actor) => undoFirstContact(work, actor, { id }))
    expect(await rows()).toEqual(before)
  })
})

describe('新客户', () => {
  it('lists what waits for a tap, the one with the least time first, proposals behind; a page at a time', async () => {
    for (let i = 0; i < 32; i++) await news.adds(`wm${i}`, { at: at(-i * 60_000), heardAt: NOW })
    await news.learns('wm5', { company: (await cast.customer('wmJinhai')).name })
    const first = await list('wanglei')
    expect(first).toMatchObject({ total: 33, rows: { length: 30 } })
    expect(first.rows[0]?.at).toBe(at(-31 * 60_000).toISOString())
    expect(first.rows[0]?.dueAt).toBe(at(DAY - 31 * 60_000).toISOString())
    const second = await listFirstContacts(cast.db, await cast.actor('wanglei'), { after: first.next, now: NOW })
    expect(second.rows.map(({ state }) => state)).toEqual(['open', 'open', 'known'])
    expect(second.next).toBeNull()
    expect(await countFirstContacts(cast.db, await cast.actor('wanglei'))).toBe(33)
  })

  it('is one’s own; of a lead the team’s too, of a manager all', async () => {
    await news.adds('wm2', { by: 'chenjing' })
    const names = async (userid: string) => (await list(userid)).rows.map(({ rep }) => rep.name).sort()
    expect(await names('wanglei')).toEqual(['王磊'])
    expect(await names('chenjing')).toEqual(['陈静'])
    const manager = await cast.db.identity.findFirstOrThrow({ where: { person: { roles: { has: 'manager' } }, kind: 'member' } })
    expect(await names(manager.value)).toEqual(['王磊', '陈静'])
  })

  it('goes with its reminder to the colleague who was handed it', async () => {
    const [reminder] = await news.clocks()
    const toId = await cast.personId('chenjing')
    await does('wanglei', (work, actor) => handOver(work, actor, { subjectId: reminder?.id ?? '', toId, note: null }))
    expect((await list('wanglei')).total).toBe(0)
    expect((await list('chenjing')).total).toBe(1)
    await does('chenjing', (work, actor) => makeOpportunity(work, actor, { id }))
  })

  it('is beside the chat, and nothing is there for somebody known all along', async () => {
    const wang = await cast.actor('wanglei')
    expect(await findFirstContact(cast.db, wang, { contactId: await cast.contactId('wmNew'), now: NOW })).toMatchObject({ id })
    await cast.says('wmRenji', '早')
    expect(await findFirstContact(cast.db, wang, { contactId: await cast.contactId('wmRenji'), now: NOW })).toBeNull()
  })
})

it('已处理 is no way out: an opportunity or a reason is', async () => {
  await news.says(at(4 * HOUR))
  const [reminder] = await news.clocks()
  const handled = () =>
    does('wanglei', (work, actor) => sayHandled(work, actor, { subjectId: reminder?.id ?? '', note: '打过电话了' }), at(5 * HOUR))
  await expect(handled()).rejects.toMatchObject({ code: 'ends-elsewhere' })
  expect(await row()).toMatchObject({ state: 'open' })
})
