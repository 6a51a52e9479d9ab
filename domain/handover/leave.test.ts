import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Db } from '../../lib/db.js'
import { newId } from '../../lib/ids.js'
import type { Cast } from '../../test/factories/cast.js'
import { AFTER_UNDO, type Chain, createChain } from '../../test/factories/chain.js'
import { at, DAY, HOUR, inWork, MINUTE } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { issueCard } from '../card/issue-card.js'
import type { WayName } from '../reminders/ladder.contract.js'
import { startReminder } from '../reminders/start-reminder.js'
import { createTask } from '../task/create-task.js'
import { comeBack } from './come-back.js'
import { giveCustomers } from './give-customers.js'
import { leave } from './leave.js'
import { noteState } from './note-state.js'
import { sweepLeft } from './sweep-left.js'
import { takeBack } from './take-back.js'
import { writeNote } from './write-note.js'

let database: Awaited<ReturnType<typeof freshDb>>
let db: Db
let cast: Cast
let chain: Chain
beforeAll(async () => {
  database = await freshDb()
  db = database.db
})
afterAll(() => database.close())

it('asks of several colleagues stay with who is there; of one alone they go to the manager, who may answer', async () => {
  ;({ cast, chain } = await createChain(db))
  const change = await cast.captures('wmRenji')
  const ask = await cast.askOf(change)
  await db.ask.update({ where: { id: ask.id }, data: { askedAt: AFTER_UNDO } })
  const [zhao, li] = [await cast.personId('zhaoqiang'), await cast.personId('lina')]
  await inWork(db, (work) => leave(work, zhao), at(HOUR))
  expect(await cast.askOf(change)).toMatchObject({
    personId: li,
    card: { copies: [{ personId: zhao }, { personId: li, state: 'dropped' }] },
  })
  expect(await chain.answer('lina', change, 'can', { when: at(2 * HOUR) })).toBe(true)
  // One card, 待交接, and no further one for the question.
  const cards = await db.cardCopy.findMany({ where: { personId: li, state: 'queued' }, include: { card: true } })
  expect(cards.map((copy) => copy.card.kind)).toEqual(['handover'])
})

it('whatever waits to ring at their account does not ring any more, whichever way it was to go', async () => {
  ;({ cast, chain } = await createChain(db))
  const li = await cast.personId('lina')
  const as = { platform: 'dingtalk', organisation: 'dingcorp', kind: 'member', value: 'Li' }
  await db.identity.create({ data: { id: newId(), ...as, personId: li } })
  await db.person.update({ where: { id: li }, data: { prefers: 'dingtalk' } })
  const way: WayName[][] = [['wecom', 'dingtalk', 'dingtalk-notice', 'dingtalk-ding', 'sms', 'mail', 'group']]
  await inWork(db, (work) => issueCard(work, { kind: 'try-one', subject: 'try:1', people: [li], route: way }))
  await inWork(db, (work) => leave(work, li), at(HOUR))
  const copies = await db.cardCopy.findMany({ where: { personId: li, card: { kind: 'try-one' } } })
  expect(copies.map(({ platform, state }) => [platform, state]).sort()).toEqual(
    (way[0] ?? []).map((one) => [one, 'dropped']).sort(),
  )
  expect(await db.outbox.count({ where: { lane: { endsWith: li }, kind: { startsWith: 'send-' }, state: 'open' } })).toBe(0)
})

it('what was to be said to them of others’ matters is said to who stands in, once, and not to who holds it anyway', async () => {
  ;({ cast, chain } = await createChain(db))
  const [li, he] = [await cast.personId('lina'), await cast.personId('heping')]
  const notice = async (holder: string, also: { told?: string } = {}) => {
    const about = { kind: 'uncaptured-change', subject: `message:${newId()}`, personId: holder, at: at(0) }
    const reminderId = (await inWork(db, (work) => startReminder(work, about))) as string
    const row = { reminderId, level: 1, round: 0, sayAt: at(HOUR) }
    await db.notice.create({ data: { ...row, id: newId(), personId: li, state: 'waiting', why: 'cap' } })
    if (also.told) await db.notice.create({ data: { ...row, id: newId(), personId: also.told, state: 'said' } })
    return reminderId
  }
  const zhao = await cast.personId('zhaoqiang')
  const [plain, known, own] = [await notice(zhao), await notice(zhao, { told: he }), await notice(he)]
  // 何平, the administrator, stands in for the only manager.
  await inWork(db, (work) => leave(work, li), at(MINUTE))
  const stands = async (reminderId: string) =>
    (await db.notice.findMany({ where: { reminderId }, orderBy: { id: 'asc' } })).map((one) => [one.personId, one.state])
  expect(await stands(plain)).toEqual([[he, 'waiting']])
  expect(await stands(known)).toEqual([
    [li, 'withdrawn'],
    [he, 'said'],
  ])
  expect(await stands(own)).toEqual([[li, 'withdrawn']])
})

it('what is answered for who left reaches who sees to it', async () => {
  ;({ cast, chain } = await createChain(db))
  const change = await cast.captures('wmRenji')
  await inWork(db, async (work) => leave(work, await cast.personId('wanglei')), at(HOUR))
  await chain.answer('zhaoqiang', change, 'can', { when: at(2 * HOUR) })
  const copies = await db.cardCopy.findMany({ where: { card: { kind: 'answer' } }, include: { person: true } })
  expect(copies.map((copy) => copy.person.name)).toEqual(['李娜'])
})

it('out of range and disabled is not leaving; gone is', async () => {
  ;({ cast, chain } = await createChain(db))
  const personId = await cast.personId('wanglei')
  for (const state of ['not-in-range', 'disabled', 'not-joined', 'active'] as const) {
    await inWork(db, (work) => noteState(work, personId, { states: [{ platform: 'wecom', state }], attempt: 2 }))
    expect(await db.person.findUniqueOrThrow({ where: { id: personId } })).toMatchObject({ leftAt: null })
  }
  await inWork(db, (work) => noteState(work, personId, { states: [{ platform: 'wecom', state: 'left' }], attempt: 1 }))
  expect(await db.person.findUniqueOrThrow({ where: { id: personId } })).toMatchObject({ leftAt: expect.any(Date) })
})

it('who is gone from one platform and not from the other is written to by the other', async () => {
  ;({ cast, chain } = await createChain(db))
  const personId = await cast.personId('wanglei')
  await db.person.update({ where: { id: personId }, data: { prefers: 'dingtalk' } })
  const states = [
    { platform: 'wecom', state: 'active' },
    { platform: 'dingtalk', state: 'left' },
  ] as const
  await inWork(db, (work) => noteState(work, personId, { states: [...states], attempt: 1 }))
  expect(await db.person.findUniqueOrThrow({ where: { id: personId } })).toMatchObject({ leftAt: null, prefers: null })
  expect(await db.reach.findMany({ where: { personId }, orderBy: { channel: 'asc' } })).toMatchObject([
    { channel: 'dingtalk', barredWhy: '钉钉通讯录里没有这个人了' },
    { channel: 'wecom', barredWhy: null },
  ])
  expect(await db.outbox.count({ where: { kind: 'confirm-left' } })).toBe(0)
})

it('they are logged out, their number is gone, and their people answer to who stands in', async () => {
  ;({ cast, chain } = await createChain(db))
  const [wang, li, he] = await Promise.all(['wanglei', 'lina', 'heping'].map((one) => cast.personId(one)))
  if (!wang || !li || !he) throw new Error('no cast')
  await db.session.create({ data: { tokenHash: newId(), personId: li, platform: 'wecom', expiresAt: at(DAY) } })
  const point = { personId: li, channel: 'sms', sealed: 's', hash: 'h', source: 'typed', provedAt: at(0), createdAt: at(0) }
  await db.contactPoint.create({ data: { id: newId(), ...point } })
  await inWork(db, (work) => leave(work, li))
  expect(await db.session.count({ where: { personId: li, revokedAt: null } })).toBe(0)
  expect(await db.contactPoint.count({ where: { personId: li } })).toBe(0)
  // No manager but her: the administrator.
  expect(await db.person.findUniqueOrThrow({ where: { id: wang } })).toMatchObject({ managerId: he })
  // And when that one leaves there is nobody: nothing is lost, nothing moves.
  await db.person.updateMany({ where: { id: { not: he } }, data: { leftAt: at(0) } })
  expect(await inWork(db, (work) => leave(work, he))).toBeNull()
  expect(await inWork(db, (work) => sweepLeft(work))).toBe(0)
  await db.person.create({ data: { id: newId(), name: '新来的经理', roles: ['manager'] } })
  expect(await inWork(db, (work) => sweepLeft(work))).toBeGreaterThan(0)
  expect(await db.handover.count({ where: { personId: wang, to: { name: '新来的经理' } } })).toBe(1)
})

it('the sweep finds what was opened for somebody after they had left', async () => {
  ;({ cast, chain } = await createChain(db))
  const [wang, li] = [await cast.personId('wanglei'), await cast.personId('lina')]
  await inWork(db, (work) => leave(work, wang))
  const late = { kind: 'uncaptured-change', subject: `message:${newId()}`, personId: wang, at: at(0) }
  await inWork(db, (work) => startReminder(work, late))
  expect(await inWork(db, (work) => sweepLeft(work), at(MINUTE))).toBe(1)
  expect(await db.reminder.findFirstOrThrow({ where: { subject: late.subject } })).toMatchObject({ personId: li, state: 'open' })
})

it('customers are given to a colleague with what is open about them, and taken back', async () => {
  ;({ cast, chain } = await createChain(db))
  const [wang, li, chen] = await Promise.all(['wanglei', 'lina', 'chenjing'].map((one) => cast.personId(one)))
  if (!wang || !li || !chen) throw new Error('no cast')
  const actor = await cast.actor('wanglei')
  const contactId = await cast.contactId('wmRenji')
  const task = await inWork(db, (work) => createTask(work, actor, { contactId, text: '寄样品', at: at(DAY) }))
  await inWork(db, (work) => leave(work, wang), at(MINUTE))
  const manager = await cast.actor('lina')
  const own = (await db.customer.findMany({ where: { ownerId: wang } })).map(({ id }) => id)
  const [renji] = own.filter((id) => id)
  if (!renji) throw new Error('no customer')
  const renjiId = (await cast.customer('wmRenji')).id

  const holder = async () => (await db.task.findUniqueOrThrow({ where: { id: task } })).personId
  expect(await holder()).toBe(li)
  const { batch } = await inWork(
    db,
    (work) => giveCustomers(work, manager, { personId: wang, customerIds: [renjiId], toId: chen }),
    at(HOUR),
  )
  expect((await cast.customer('wmRenji')).ownerId).toBe(chen)
  expect(await holder()).toBe(chen)
  expect(await db.reminder.findFirstOrThrow({ where: { subject: `task:${task}` } })).toMatchObject({ personId: chen })
  // Given once: a second one, who saw the old page, is told so.
  const again = inWork(db, (work) => giveCustomers(work, manager, { personId: wang, customerIds: [renjiId], toId: li }), at(HOUR))
  await expect(again).rejects.toMatchObject({ code: 'given-before' })
  const note = await writeNote(db, manager, { personId: wang, customerId: renjiId, now: at(HOUR) })
  expect(note).toMatchObject({
    customer: { name: '仁济骨科医院', owner: '陈静' },
    open: [{ words: '寄样品', holder: { name: '陈静' } }],
  })

  await inWork(db, (work) => takeBack(work, manager, { personId: wang, batch }), at(HOUR + MINUTE))
  expect((await cast.customer('wmRenji')).ownerId).toBe(wang)
  expect(await holder()).toBe(li)
  const queued = await db.outbox.findMany({ where: { lane: `person:${chen}`, kind: 'send-card' } })
  expect(queued.map((row) => row.state)).toEqual(['withdrawn'])

  // All at once, and a stranger may not.
  const stranger = await cast.actor('zhaoqiang')
  const theft = inWork(
    db,
    (work) => giveCustomers(work, stranger, { personId: wang, customerIds: own, toId: chen }),
    at(2 * HOUR),
  )
  await expect(theft).rejects.toMatchObject({ code: 'no-such-handover' })
  await inWork(db, (work) => giveCustomers(work, manager, { personId: wang, customerIds: own, toId: chen }), at(2 * HOUR))
  expect(await db.customer.count({ where: { ownerId: wang } })).toBe(0)
})

it('who comes back may log in, gets nothing back that was handed on, and sees no more than a rep', async () => {
  ;({ cast, chain } = await createChain(db))
  await cast.captures('wmRenji')
  const li = await cast.personId('lina')
  const actor = await cast.actor('lina')
  await inWork(db, (work) => createTask(work, actor, { contactId: null, text: '看报表', at: at(DAY) }))
  await inWork(db, (work) => leave(work, li), at(HOUR))
  await expect(cast.actor('lina')).rejects.toMatchObject({ code: 'not-a-member' })
  expect(await inWork(db, (work) => comeBack(work, li), at(2 * HOUR))).toBe(true)
  expect(await inWork(db, (work) => comeBack(work, li), at(2 * HOUR))).toBe(false)
  expect(await cast.actor('lina')).toMatchObject({ roles: ['rep'] })
  expect(await db.task.count({ where: { personId: li } })).toBe(0)
  // And may leave again.
  expect(await inWork(db, (work) => leave(work, li), at(3 * HOUR))).not.toBeNull()
})
