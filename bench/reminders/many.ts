import { ringAhead } from '../../jobs/planner.js'
import { createBells } from '../../lib/bells.js'
import { createClock } from '../../lib/clock.js'
import { createDb } from '../../lib/db.js'
import { createLive } from '../../lib/live.js'
import { createLog } from '../../lib/log.js'
import { connectRedis } from '../../lib/redis.js'
import { median } from '../median.js'
import { openHouse } from './house.js'

const OPEN = 1_000_000
const SOON = 100_000
const RUNS = 9

export type Many = { redisMb: number; scanMs: number; bytesPerReminder: number; bells: number }

/** A million open reminders, a hundred thousand of them due within the hour: what Redis holds, and what a planner's look costs. */
export async function measureMany(say: (line: string) => void): Promise<Many> {
  say(`提醒：${OPEN.toLocaleString('en')} 条未了，其中 ${SOON.toLocaleString('en')} 条一小时内到期`)
  const house = await openHouse(1_000, say)
  const log = createLog('silent', 'bench')
  const db = createDb(house.databaseUrl, 2)
  const bells = createBells(house.redisUrl, log)
  const live = createLive(house.redisUrl, log)
  const redis = connectRedis(house.redisUrl, log)
  try {
    await house.database.query(
      `WITH people AS (SELECT array_agg(id) AS ids FROM person)
       INSERT INTO reminder (id, kind, subject, person_id, due_at, started_at, target_at, trace)
       SELECT gen_random_uuid(), 'personal', 'task:' || gen_random_uuid(), ids[1 + i % array_length(ids, 1)],
         now() + CASE WHEN i <= $2 THEN i * interval '1 hour' / $2 ELSE interval '1 hour' + i * interval '10 seconds' END, now(), now(), 'bench'
       FROM people, generate_series(1, $1::int) AS i`,
      [OPEN, SOON],
    )
    await house.database.query('VACUUM ANALYZE reminder')
    const before = await used(redis)
    const deps = { db, clock: createClock({ production: true }), bells, live }
    const times: number[] = []
    for (let run = 0; run < RUNS; run++) {
      const began = performance.now()
      await ringAhead(deps)
      times.push(performance.now() - began)
      // What is rung is on its way to Redis; the next look must not compete with it.
      await new Promise((resolve) => setTimeout(resolve, 1_500))
    }
    const redisMb = ((await used(redis)) - before) / 1_048_576
    const { rows } = await house.database.query<{ bytes: string }>("SELECT pg_total_relation_size('reminder') AS bytes")
    const many = {
      redisMb: Number(redisMb.toFixed(2)),
      scanMs: Number(median(times).toFixed(1)),
      bytesPerReminder: Math.round(Number(rows[0]?.bytes) / OPEN),
      bells: await redis.zcard('bulou:reminders:delayed'),
    }
    say(`  Redis ${many.redisMb} MB（${many.bells} 个铃），计划扫描 ${many.scanMs} ms，每条 ${many.bytesPerReminder} 字节`)
    return many
  } finally {
    await bells.close()
    live.close()
    redis.disconnect()
    await db.$disconnect()
    await house.close()
  }
}

async function used(redis: ReturnType<typeof connectRedis>): Promise<number> {
  const [, bytes] = /used_memory:(\d+)/.exec(await redis.info('memory')) ?? []
  return Number(bytes)
}
