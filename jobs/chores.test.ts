import { afterEach, beforeEach, expect, it } from 'vitest'
import { createBells } from '../lib/bells.js'
import { createClock } from '../lib/clock.js'
import { newId } from '../lib/ids.js'
import { createLive } from '../lib/live.js'
import { keepLog } from '../test/factories/log.js'
import { freshDb } from '../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../test/setup/redis.js'
import { doChores } from './chores.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
beforeEach(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
})
afterEach(() => Promise.all([database.close(), redis.stop()]))

/** What a morning's chores asked for, at half past eight of a working day. */
async function askedFor(connected: Parameters<typeof doChores>[2]): Promise<string[]> {
  const { log } = keepLog()
  const [bells, live] = [createBells(redis.url, log), createLive(redis.url, log)]
  const clock = createClock({ production: true, machineNow: () => new Date('2026-11-23T00:30:00Z') })
  try {
    await doChores({ db: database.db, clock, bells, live }, { sms: null, mail: null }, connected)
  } finally {
    await bells.close()
    live.close()
  }
  const rows = await database.db.outbox.findMany({ select: { kind: true }, distinct: ['kind'] })
  return rows.map(({ kind }) => kind).sort()
}

it('asks each platform only where there is one', async () => {
  const alone = await askedFor({ wecom: null, dingtalk: { mode: 'stream' } })
  expect(alone).toContain('list-dingtalk-department')
  expect(
    alone.filter((kind) => ['list-followers', 'list-departments', 'fetch-unassigned', 'fetch-dial-records'].includes(kind)),
  ).toEqual([])
})

it('and the other way round', async () => {
  const kinds = await askedFor({ wecom: {}, dingtalk: null })
  expect(kinds).toEqual(expect.arrayContaining(['fetch-unassigned', 'list-departments']))
  expect(kinds.filter((kind) => kind.includes('dingtalk'))).toEqual([])
})

it('words that nobody said whose they are go after a week, and to-dos a month after they were done, whatever is connected', async () => {
  const { db } = database
  const { id: personId } = await db.person.create({ data: { id: newId(), name: '王磊', roles: ['rep'] } })
  const forward = (day: string) => ({ id: newId(), personId, text: '加到300套', sourceKey: day, at: new Date(day) })
  await db.forward.createMany({ data: ['2026-11-15', '2026-11-17'].map(forward) })
  const todo = (subject: string, doneAt: Date | null) => ({ id: newId(), personId, subject, doneAt, createdAt: new Date(0) })
  await db.platformTodo.createMany({
    data: [todo('task:1', new Date('2026-10-20')), todo('task:2', new Date('2026-11-01')), todo('task:3', null)],
  })
  await askedFor({ wecom: null, dingtalk: null })
  expect(await db.forward.findMany()).toMatchObject([{ sourceKey: '2026-11-17' }])
  expect(await db.platformTodo.findMany({ orderBy: { subject: 'asc' } })).toMatchObject([
    { subject: 'task:2' },
    { subject: 'task:3' },
  ])
})
