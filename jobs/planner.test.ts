import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sayDue } from '../domain/reminders/say-due.js'
import { sayWaiting } from '../domain/reminders/say-waiting.js'
import { createBells } from '../lib/bells.js'
import { createClock } from '../lib/clock.js'
import type { Db } from '../lib/db.js'
import { newId } from '../lib/ids.js'
import { createLive } from '../lib/live.js'
import { connectRedis } from '../lib/redis.js'
import { keepLog } from '../test/factories/log.js'
import { at, HOUR, inWork, MINUTE } from '../test/factories/work.js'
import { waitFor } from '../test/rig/wait-for.js'
import { freshDb } from '../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../test/setup/redis.js'
import { ringAhead } from './planner.js'

let database: Awaited<ReturnType<typeof freshDb>>
let db: Db
let redis: FreshRedis
beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  db = database.db
})
afterAll(() => Promise.all([database.close(), redis.stop()]))

it('a bell for each second of the next hour in which something is due, and for no other', async () => {
  const { log } = keepLog()
  const bells = createBells(redis.url, log)
  const live = createLive(redis.url, log)
  const asked = connectRedis(redis.url, log)
  try {
    const person = await db.person.create({ data: { id: newId(), name: '王磊', roles: ['rep'] } })
    const now = Date.now()
    const second = (seconds: number) => Math.floor(now / 1000) + seconds
    const open = (due: number | null, state: 'open' | 'settled' = 'open') =>
      db.reminder.create({
        data: {
          ...{ id: newId(), kind: 'personal', subject: `task:${newId()}`, personId: person.id, state, trace: 't' },
          ...{ startedAt: new Date(now), dueAt: due === null ? null : new Date(due) },
        },
      })
    // Three in one second, one on its very edge, one that is over, one that is settled, one after the hour, one that ended.
    for (const ms of [-900, -500, 0]) await open(second(100) * 1000 + ms)
    await open(second(200) * 1000 + 1)
    await open(second(-60) * 1000)
    await open(second(300) * 1000, 'settled')
    await open(second(4_000) * 1000)
    const { id } = await open(null)
    const notice = { reminderId: id, level: 0, round: 0, personId: person.id, state: 'waiting' as const }
    await db.notice.create({ data: { ...notice, id: newId(), sayAt: new Date(second(900) * 1000 - 250) } })
    await waitFor(() => bells.up())
    await ringAhead({ db, clock: createClock({ production: true }), bells, live })
    await waitFor(async () => (await asked.zcard('bulou:reminders:delayed')) >= 3)
    expect((await asked.zrange('bulou:reminders:delayed', 0, -1)).sort()).toEqual(
      [second(100), second(201), second(900)].map((at) => `due:${at}`).sort(),
    )
  } finally {
    await bells.close()
    live.close()
    asked.disconnect()
  }
})

describe('one person’s card', () => {
  beforeEach(async () => {
    await db.$executeRaw`TRUNCATE reminder CASCADE`
  })
  /** So many reminders of one person, due a minute ago. */
  async function opens(kind: string, count: number): Promise<string[]> {
    const person = await db.person.create({ data: { id: newId(), name: '王磊', roles: ['rep'] } })
    const ids = Array.from({ length: count }, () => newId())
    await db.reminder.createMany({
      data: ids.map((id) => ({
        ...{ id, kind, subject: `${kind === 'personal' ? 'task' : 'message'}:${newId()}`, personId: person.id, trace: 't' },
        ...{ startedAt: at(-HOUR), dueAt: at(-MINUTE) },
      })),
    })
    return ids
  }
  const cardsOf = async (reminderIds: string[]) =>
    (await db.notice.findMany({ where: { reminderId: { in: reminderIds }, state: 'said' } })).map(({ cardId }) => cardId)

  it('is not cut where a batch ends: all of one morning is on it before it leaves', async () => {
    const ids = await opens('uncaptured-change', 5)
    await inWork(db, (work) => sayDue(work, 2))
    const cards = await cardsOf(ids)
    expect(cards).toHaveLength(5)
    expect(new Set(cards).size).toBe(1)
    expect(await db.cardCopy.count({ where: { cardId: cards[0] ?? '' } })).toBe(1)
  })

  it('of a digest is one, however small the batch and however many planners look at the same moment', async () => {
    const ids = await opens('personal', 5)
    const { personId } = await db.reminder.findUniqueOrThrow({ where: { id: ids[0] ?? '' } })
    const waiting = { level: 0, round: 0, personId, state: 'waiting' as const, why: 'cap', sayAt: at(-MINUTE) }
    await db.notice.createMany({ data: ids.map((reminderId) => ({ ...waiting, id: newId(), reminderId })) })
    await inWork(db, async (work) => {
      expect(await sayWaiting(work, 1)).toBe(1)
      // Another planner, before the first has committed.
      expect(await inWork(db, (other) => sayWaiting(other, 1))).toBe(0)
    })
    const cards = await cardsOf(ids)
    expect(cards).toHaveLength(5)
    expect(new Set(cards).size).toBe(1)
    expect(await inWork(db, (work) => sayWaiting(work, 1))).toBe(0)
  })
})
