import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { plan } from '../../jobs/planner.js'
import { createBells } from '../../lib/bells.js'
import { createClock } from '../../lib/clock.js'
import { createDb } from '../../lib/db.js'
import { newId } from '../../lib/ids.js'
import { createLive } from '../../lib/live.js'
import type { Cast } from '../../test/factories/cast.js'
import { AFTER_UNDO, type Chain, createChain } from '../../test/factories/chain.js'
import { keepLog } from '../../test/factories/log.js'
import { at, DAY, HOUR, inWork, MINUTE } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'
import { drawCard } from '../card/draw-card.js'
import { sayDue } from './say-due.js'
import { startReminder } from './start-reminder.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let cast: Cast
let chain: Chain
let change: string
let ask: string
beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
})
afterAll(() => Promise.all([database.close(), redis.stop()]))
beforeEach(async () => {
  ;({ cast, chain } = await createChain(database.db))
  change = await cast.captures('wmRenji')
  ask = (await cast.askOf(change)).id
})

const sayAt = (when: Date) => inWork(cast.db, (work) => sayDue(work), when)
/** Who was reminded of the question to 赵强, level by level. */
async function said(): Promise<string[]> {
  const notices = await cast.db.notice.findMany({
    where: { reminder: { subject: `ask:${ask}` }, level: { gte: 0 }, state: 'said' },
    include: { person: true },
    orderBy: [{ sayAt: 'asc' }, { level: 'asc' }, { id: 'asc' }],
  })
  return notices.map((notice) => `${notice.level} ${notice.person.name}`)
}

it('says nothing before its time, then to who was asked, then to their manager', async () => {
  await sayAt(at(4 * HOUR))
  expect(await said()).toEqual([])
  await sayAt(at(4 * HOUR, AFTER_UNDO))
  expect(await said()).toEqual(['0 赵强'])
  await sayAt(at(8 * HOUR, AFTER_UNDO))
  expect(await said()).toEqual(['0 赵强', '1 李娜'])
  await sayAt(at(30 * DAY))
  expect(await said()).toHaveLength(2)
})

it('is said once, however many planners look', async () => {
  const now = at(5 * HOUR)
  const kept = keepLog()
  const planners = [1, 2, 3].map(() => ({
    db: createDb(database.url, 3),
    clock: createClock({ production: true, machineNow: () => now }),
    bells: createBells(redis.url, kept.log),
    live: createLive(redis.url, kept.log),
  }))
  await Promise.all(planners.map((deps) => plan(deps)))
  await Promise.all(planners.map((deps) => plan(deps)))
  expect(await said()).toEqual(['0 赵强'])
  expect(await cast.db.outbox.count({ where: { kind: 'send-card', notBefore: { gte: now } } })).toBe(2) // 孙悦 too
  for (const { db, bells, live } of planners) {
    await bells.close()
    live.close()
    await db.$disconnect()
  }
})

it('after an outage levels that were missed are one', async () => {
  await sayAt(at(2 * DAY))
  expect(await said()).toEqual(['1 李娜'])
})

it('ends with the answer, with the undo, with the correction', async () => {
  await chain.answer('zhaoqiang', change, 'can')
  const second = await cast.captures('wmHuaqiang')
  await chain.undo(second)
  const third = await cast.captures('wmJinhai', { by: 'chenjing' })
  await chain.correct(third, [], { by: 'chenjing' })
  const open = await cast.db.reminder.findMany({ where: { state: 'open' } })
  const answers = await cast.db.ask.findMany({ where: { answeredAt: null, closedAt: null } })
  expect(open.map((one) => one.subject).sort()).toEqual(answers.map((one) => `ask:${one.id}`).sort())
})

it('that leaves after the answer says nothing: what it would say is drawn when it leaves', async () => {
  await sayAt(at(5 * HOUR))
  const reminder = await cast.db.reminder.findFirstOrThrow({ where: { subject: `ask:${ask}` } })
  const card = { kind: 'reminder', subject: `reminder:${reminder.id}#0.0` }
  expect(await drawCard(cast.db, card, at(5 * HOUR))).toMatchObject({ title: '仁济骨科医院还在等确认' })
  await chain.answer('zhaoqiang', change, 'can', { when: at(5 * HOUR) })
  expect(await drawCard(cast.db, card, at(5 * HOUR))).toMatchObject({ settled: '仁济骨科医院：赵强已答复', buttons: [] })
})

it('started twice is started once, and keeps the id of what started it', async () => {
  const personId = await cast.personId('zhaoqiang')
  const start = { kind: 'requirement-change-confirm', subject: `ask:${ask}`, personId, at: at(MINUTE) }
  await inWork(cast.db, (work) => startReminder({ ...work, trace: 'other' }, start))
  expect(await cast.db.reminder.count({ where: { subject: start.subject } })).toBe(1)
  await cast.db.reminder.updateMany({ data: { trace: 'the-capture' } })
  await sayAt(at(5 * HOUR))
  expect(await cast.db.outbox.count({ where: { trace: 'the-capture' } })).toBe(2)
})

it('of a kind that this release does not know waits, and holds up no other', async () => {
  const strange = {
    id: newId(),
    kind: 'from-the-future',
    subject: 'x:1',
    personId: await cast.personId('zhaoqiang'),
    startedAt: at(0),
    dueAt: at(0),
    trace: 't',
  }
  await cast.db.reminder.create({ data: strange })
  await sayAt(at(5 * HOUR))
  expect(await said()).toEqual(['0 赵强'])
  expect(await cast.db.reminder.findUniqueOrThrow({ where: { id: strange.id } })).toMatchObject({ state: 'open', level: 0 })
})
