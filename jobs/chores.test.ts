import { afterEach, beforeEach, expect, it } from 'vitest'
import { createBells } from '../lib/bells.js'
import { createClock } from '../lib/clock.js'
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
