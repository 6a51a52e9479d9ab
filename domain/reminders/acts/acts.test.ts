import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Cast } from '../../../test/factories/cast.js'
import { AFTER_UNDO, type Chain, createChain } from '../../../test/factories/chain.js'
import { at, DAY, HOUR, inWork, MINUTE } from '../../../test/factories/work.js'
import { freshDb } from '../../../test/setup/db.js'
import type { Actor } from '../../person/actor.js'
import type { Work } from '../../work.js'
import { sayDue } from '../say-due.js'
import { acceptHandled } from './accept-handled.js'
import { followUp } from './follow-up.js'
import { handOver } from './hand-over.js'
import { pushBack } from './push-back.js'
import { putOff } from './put-off.js'
import { sayHandled } from './say-handled.js'
import { takeOver } from './take-over.js'

// NOW is a Monday at 10:00. 赵强 is asked; after 4 hours he is reminded, after 8 (18:00) his lead 李娜 is told.
let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let chain: Chain
let change: string
let id: string
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast, chain } = await createChain(database.db))
  change = await cast.captures('wmRenji')
  const ask = await cast.askOf(change)
  id = (await cast.db.reminder.findFirstOrThrow({ where: { subject: `ask:${ask.id}` } })).id
})

const says = (when: Date) => inWork(cast.db, (work) => sayDue(work), when)
const reminder = () => cast.db.reminder.findUniqueOrThrow({ where: { id } })
const does = async (userid: string, when: Date, act: (work: Work, actor: Actor) => Promise<boolean>) => {
  const actor = await cast.actor(userid)
  return inWork(cast.db, (work) => act(work, actor), when)
}
/** Who was told, in order: 「0 赵强」 is the first level. */
async function told(): Promise<string[]> {
  const notices = await cast.db.notice.findMany({
    where: { reminderId: id, level: { gte: 0 }, state: 'said' },
    include: { person: true },
    orderBy: [{ sayAt: 'asc' }, { id: 'asc' }],
  })
  return notices.map((one) => `${one.level} ${one.person.name}`)
}
const FIRST = at(4 * HOUR, AFTER_UNDO)
const TUESDAY_EVENING = at(DAY + 8 * HOUR)
const card = (saying: string) => `${id}#${saying}`

describe('我来跟进', () => {
  it('buys time until the end of the next working day, then the ladder goes on', async () => {
    await says(FIRST)
    expect(await does('zhaoqiang', at(5 * HOUR), (work, actor) => followUp(work, actor, card('0.0')))).toBe(true)
    expect(await reminder()).toMatchObject({ dueAt: TUESDAY_EVENING, heldWhy: 'follow-up' })
    await says(at(-HOUR, TUESDAY_EVENING))
    expect(await told()).toEqual(['0 赵强'])
    await says(TUESDAY_EVENING)
    expect(await told()).toEqual(['0 赵强', '1 李娜'])
  })

  it('counts once for a level, and not on a card that was answered', async () => {
    await says(FIRST)
    await does('zhaoqiang', at(5 * HOUR), (work, actor) => followUp(work, actor, card('0.0')))
    expect(await does('zhaoqiang', at(6 * HOUR), (work, actor) => followUp(work, actor, card('0.0')))).toBe(false)
    expect(await does('zhaoqiang', at(6 * HOUR), (work, actor) => followUp(work, actor, id))).toBe(false)
    expect((await reminder()).dueAt).toEqual(TUESDAY_EVENING)
  })

  it('on the last level: that one is said once more, and then the ladder ends', async () => {
    for (const hours of [4, 8]) await says(at(hours * HOUR, AFTER_UNDO))
    await does('lina', at(9 * HOUR), (work, actor) => followUp(work, actor, card('1.0')))
    for (let day = 1; day < 9; day++) await says(at(day * DAY + 9 * HOUR))
    expect(await told()).toEqual(['0 赵强', '1 李娜', '1 李娜'])
    expect(await reminder()).toMatchObject({ state: 'open', dueAt: null })
  })

  it('is nobody else’s to say', async () => {
    await says(FIRST)
    const strangers = does('chenjing', at(5 * HOUR), (work, actor) => followUp(work, actor, id))
    await expect(strangers).rejects.toMatchObject({ code: 'no-such-reminder' })
  })

  it('comes too late after the answer', async () => {
    await says(FIRST)
    await chain.answer('zhaoqiang', change, 'can', { when: at(5 * HOUR) })
    expect(await does('zhaoqiang', at(5 * HOUR), (work, actor) => followUp(work, actor, card('0.0')))).toBe(false)
    expect(await reminder()).toMatchObject({ state: 'settled', dueAt: null })
  })
})

describe('再说', () => {
  it('says the same level again, an hour later or in the morning; twice and no more', async () => {
    await says(FIRST)
    const later = (until: 'in-an-hour' | 'tomorrow-morning', when: Date) =>
      does('zhaoqiang', when, (work, actor) => putOff(work, actor, { subjectId: id, until }))
    expect(await later('in-an-hour', at(5 * HOUR))).toBe(true)
    await says(at(6 * HOUR))
    expect(await told()).toEqual(['0 赵强', '0 赵强'])
    expect(await later('tomorrow-morning', at(6 * HOUR))).toBe(true)
    expect((await reminder()).dueAt).toEqual(at(DAY - 105 * MINUTE)) // 08:15
    await says(at(DAY))
    expect(await later('in-an-hour', at(DAY + HOUR))).toBe(false)
    // The lead hears four hours after the last time that it was said.
    await says(at(DAY + 3 * HOUR))
    expect(await told()).toHaveLength(3)
    await says(at(DAY + 4 * HOUR))
    expect((await told()).at(-1)).toBe('1 李娜')
  })
})

describe('已处理', () => {
  const claims = (when: Date) =>
    does('zhaoqiang', when, (work, actor) => sayHandled(work, actor, { subjectId: id, note: '电话里答应了，周五前发' }))

  it('wants to know how', async () => {
    await says(FIRST)
    const silent = does('zhaoqiang', at(5 * HOUR), (work, actor) => sayHandled(work, actor, { subjectId: id, note: '  ' }))
    await expect(silent).rejects.toMatchObject({ code: 'say-how' })
  })

  it('closes when the manager accepts it', async () => {
    await says(FIRST)
    expect(await claims(at(5 * HOUR))).toBe(true)
    expect(await reminder()).toMatchObject({ state: 'open', heldWhy: 'claimed', dueAt: TUESDAY_EVENING })
    const claim = await cast.db.card.findFirstOrThrow({
      where: { kind: 'claim' },
      include: { copies: { include: { person: true } } },
    })
    expect(claim.copies.map((copy) => copy.person.name)).toEqual(['李娜'])
    await expect(does('zhaoqiang', at(6 * HOUR), (work, actor) => acceptHandled(work, actor, id))).rejects.toMatchObject({
      status: 403,
    })
    expect(await does('lina', at(6 * HOUR), (work, actor) => acceptHandled(work, actor, id))).toBe(true)
    expect(await reminder()).toMatchObject({ state: 'settled', dueAt: null })
  })

  it('goes on when the manager pushes it back, or says nothing', async () => {
    await says(FIRST)
    await claims(at(5 * HOUR))
    await does('lina', at(6 * HOUR), (work, actor) => pushBack(work, actor, { subjectId: id, note: '客户说没接到' }))
    await says(at(6 * HOUR))
    expect(await told()).toEqual(['0 赵强', '0 赵强'])
    await claims(at(7 * HOUR))
    await says(TUESDAY_EVENING)
    expect((await told()).at(-1)).toBe('1 李娜')
  })

  it('closes at once when what we know says the same', async () => {
    await says(FIRST)
    await cast.db.ask.updateMany({ data: { verdict: 'can', answeredAt: at(5 * HOUR) } })
    expect(await claims(at(5 * HOUR))).toBe(true)
    expect(await reminder()).toMatchObject({ state: 'settled' })
  })
})

describe('转给…', () => {
  it('hands the question over with the card that answers it, and the ladder begins anew', async () => {
    await says(FIRST)
    const toId = await cast.personId('zhoumin')
    await does('zhaoqiang', at(5 * HOUR), (work, actor) => handOver(work, actor, { subjectId: id, toId, note: null }))
    const copies = (await cast.askOf(change)).card.copies.map((copy) => copy.personId)
    expect(copies).toContain(toId)
    await says(at(9 * HOUR))
    expect((await told()).at(-1)).toBe('0 周敏')
    await chain.answer('zhoumin', change, 'can', { when: at(10 * HOUR) })
    expect(await reminder()).toMatchObject({ state: 'settled' })
  })

  it('not to somebody who has left, and not to who has it', async () => {
    await says(FIRST)
    const [zhoumin, zhaoqiang] = [await cast.personId('zhoumin'), await cast.personId('zhaoqiang')]
    await cast.db.person.update({ where: { id: zhoumin }, data: { leftAt: at(0) } })
    const give = (toId: string) =>
      does('zhaoqiang', at(5 * HOUR), (work, actor) => handOver(work, actor, { subjectId: id, toId, note: null }))
    await expect(give(zhoumin)).rejects.toMatchObject({ code: 'no-such-person' })
    await expect(give(zhaoqiang)).rejects.toMatchObject({ code: 'already-theirs' })
  })
})

it('我来接手: the manager holds it, and it rings with them from the next working evening', async () => {
  for (const hours of [4, 8]) await says(at(hours * HOUR, AFTER_UNDO))
  await expect(does('zhaoqiang', at(9 * HOUR), (work, actor) => takeOver(work, actor, id))).resolves.toBe(false)
  expect(await does('lina', at(9 * HOUR), (work, actor) => takeOver(work, actor, card('1.0')))).toBe(true)
  expect(await reminder()).toMatchObject({ personId: await cast.personId('lina'), dueAt: TUESDAY_EVENING })
  await says(TUESDAY_EVENING)
  expect((await told()).at(-1)).toBe('0 李娜')
})

it('each act stands on the ladder and in the audit', async () => {
  await says(FIRST)
  await does('zhaoqiang', at(5 * HOUR), (work, actor) => followUp(work, actor, id))
  const [act] = await cast.db.reminderAct.findMany({ where: { reminderId: id }, include: { person: true } })
  expect(act).toMatchObject({ act: 'follow-up', level: 0, round: 0, person: { name: '赵强' }, at: at(5 * HOUR) })
  expect(await cast.db.auditEntry.count({ where: { verb: 'reminder-follow-up', subject: `reminder:${id}` } })).toBe(1)
})

it('who has left is stood in for by their manager', async () => {
  await cast.db.person.update({ where: { id: await cast.personId('zhaoqiang') }, data: { leftAt: at(0) } })
  await says(FIRST)
  expect(await told()).toEqual(['0 李娜'])
})
