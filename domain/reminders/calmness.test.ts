import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Cast } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { createCustomer, createLadders, setCalm } from '../../test/factories/ladders.js'
import { at, DAY, HOUR, inWork, MINUTE, SECOND } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { settle } from './settle-reminder.js'

// NOW is a Monday at 10:00; levels come after one hour and one more.
let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let ladders: Awaited<ReturnType<typeof createLadders>>
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast } = await createChain(database.db))
  ladders = await createLadders(cast)
})
const states = async (where: object = {}) =>
  (await ladders.notices(where)).map(({ state, why }) => (why ? `${state} ${why}` : state))

describe('quiet hours', () => {
  it('hold a level back until the morning, and the next one counts from when it was said', async () => {
    const id = await ladders.starts('wanglei', { at: at(10 * HOUR) }) // 20:00, due at 21:00
    await ladders.says(at(11 * HOUR))
    const held = await ladders.reminder(id)
    expect(held).toMatchObject({ level: 0, heldWhy: 'quiet', saidAt: null })
    const open = at(22 * HOUR) // Tuesday 08:00
    expect(held.dueAt?.getTime()).toBeGreaterThan(open.getTime())
    expect(held.dueAt?.getTime()).toBeLessThan(open.getTime() + 15 * MINUTE)
    await ladders.says(at(-SECOND, held.dueAt as Date))
    expect(await states()).toEqual([])
    await ladders.says(held.dueAt as Date)
    expect(await states()).toEqual(['said'])
    expect(await ladders.reminder(id)).toMatchObject({ level: 1, heldWhy: null, dueAt: at(HOUR, held.dueAt as Date) })
  })

  it('last over days off', async () => {
    const id = await ladders.starts('wanglei', { at: at(4 * DAY + 10 * HOUR) }) // Friday 20:00
    await ladders.says(at(4 * DAY + 11 * HOUR))
    const monday = at(7 * DAY - 2 * HOUR)
    expect((await ladders.reminder(id)).dueAt?.getTime()).toBeGreaterThan(monday.getTime())
    expect((await ladders.reminder(id)).dueAt?.getTime()).toBeLessThan(monday.getTime() + 15 * MINUTE)
  })
})

describe('the daily cap', () => {
  it('leaves what is too much for the next digest, one card for all of it', async () => {
    const ids = []
    for (let i = 0; i < 7; i++) ids.push(await ladders.starts('wanglei'))
    await ladders.says(at(HOUR))
    expect((await states()).sort()).toEqual([...Array(5).fill('said'), 'waiting cap', 'waiting cap'])
    const waiting = await ladders.notices({ state: 'waiting' })
    const digest = waiting[0]?.sayAt as Date
    expect(digest.getTime()).toBeGreaterThanOrEqual(at(100 * MINUTE).getTime()) // 11:40
    expect(digest.getTime()).toBeLessThan(at(110 * MINUTE).getTime())
    // Counted from the digest: it was not said before.
    for (const { reminderId } of waiting) expect((await ladders.reminder(reminderId)).dueAt).toEqual(at(HOUR, digest))
    await ladders.says(digest)
    const said = await ladders.notices({ id: { in: waiting.map((one) => one.id) } })
    expect(said.map((one) => [one.state, one.card?.kind])).toEqual([
      ['said', 'digest'],
      ['said', 'digest'],
    ])
    expect(new Set(said.map((one) => one.cardId)).size).toBe(1)
    expect(await cast.db.cardCopy.count({ where: { cardId: said[0]?.cardId ?? '' } })).toBe(1)
  })

  it('begins anew each day', async () => {
    for (let i = 0; i < 5; i++) await ladders.starts('wanglei')
    await ladders.says(at(HOUR))
    await cast.db.reminder.updateMany({ data: { state: 'settled' } })
    const next = await ladders.starts('wanglei', { at: at(DAY) })
    await ladders.says(at(DAY + HOUR))
    expect(await states({ reminderId: next })).toEqual(['said'])
  })
})

describe('one customer', () => {
  it('is one card when several things are due at once', async () => {
    const customerId = await createCustomer(cast.db, await cast.personId('wanglei'))
    for (let i = 0; i < 3; i++) await ladders.starts('wanglei', { customerId })
    await ladders.says(at(HOUR))
    const notices = await ladders.notices()
    expect(notices.map((one) => [one.state, one.card?.kind])).toEqual(Array(3).fill(['said', 'digest']))
    expect(new Set(notices.map((one) => one.cardId)).size).toBe(1)
  })

  it('is one card a quarter of an hour: what comes in between waits for its end, together', async () => {
    const customerId = await createCustomer(cast.db, await cast.personId('wanglei'))
    await ladders.starts('wanglei', { customerId })
    await ladders.starts('wanglei', { customerId, at: at(5 * MINUTE) })
    await ladders.starts('wanglei', { customerId, at: at(9 * MINUTE) })
    for (const minutes of [60, 65, 69]) await ladders.says(at(minutes * MINUTE))
    expect(await states()).toEqual(['said', 'waiting merge', 'waiting merge'])
    await ladders.says(at(75 * MINUTE))
    const [first, ...merged] = await ladders.notices()
    expect(first?.card?.kind).toBe('reminder')
    expect(merged.map((one) => [one.state, one.card?.kind, one.sayAt])).toEqual(
      Array(2).fill(['said', 'digest', at(75 * MINUTE)]),
    )
    expect(new Set(merged.map((one) => one.cardId)).size).toBe(1)
  })

  it('of two people is a card each', async () => {
    const customerId = await createCustomer(cast.db, await cast.personId('wanglei'))
    await ladders.starts('wanglei', { customerId })
    await ladders.starts('chenjing', { customerId })
    await ladders.says(at(HOUR))
    expect((await ladders.notices()).map((one) => one.card?.kind)).toEqual(['reminder', 'reminder'])
  })
})

describe('a new organisation', () => {
  it('tells its reps, and keeps for its managers what would have come up', async () => {
    await cast.db.organisation.update({ where: { id: 1 }, data: { since: at(-DAY) } })
    await setCalm(cast.db, { trialDays: 14 })
    const id = await ladders.starts('wanglei')
    for (const hours of [1, 2]) await ladders.says(at(hours * HOUR))
    expect((await ladders.notices({ reminderId: id })).map((one) => `${one.person.name} ${one.state}`)).toEqual([
      '王磊 said',
      '李娜 would',
    ])
    expect(await cast.db.cardCopy.count({ where: { personId: await cast.personId('lina') } })).toBe(0)
  })
})

it('what was settled while it waited is not said', async () => {
  const ids = []
  for (let i = 0; i < 6; i++) ids.push(await ladders.starts('wanglei'))
  await ladders.says(at(HOUR))
  const [waiting] = await ladders.notices({ state: 'waiting' })
  await inWork(cast.db, (work) => settle(work, waiting?.reminderId ?? '', 'test'), at(70 * MINUTE))
  await ladders.says(at(3 * HOUR))
  expect(await states({ id: waiting?.id })).toEqual(['withdrawn settled'])
})
