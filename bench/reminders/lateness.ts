import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../lib/ids.js'
import { openHouse } from './house.js'

const PERSONS = 5_000
const OVER_S = 10
/** Said in the seconds before and not counted: a process that runs for days is not as slow as in its first second. */
const WARM = 1_000
const WARM_S = 3
/** Time to load what is due before the first of it is. */
const LEAD_MS = 15_000
const PATIENCE_MS = 90_000

export type Lateness = { count: number; ms: { p50: number; p99: number; max: number } }

/** 5,000 people, something due for each, evenly over ten seconds: how late it reaches the platform, beside the floor, both warm. */
export async function measureLateness(say: (line: string) => void): Promise<{ ours: Lateness; floor: Lateness; ratio: number }> {
  say(`提醒：${PERSONS} 人，${OVER_S} 秒内到期`)
  const house = await openHouse(PERSONS + WARM, say)
  try {
    const ours = await measureOurs(house)
    say(`  不漏  p50 ${ours.ms.p50} ms，p99 ${ours.ms.p99} ms，${ours.count} 条`)
    const floor = await measureFloor(house)
    say(`  底线  p50 ${floor.ms.p50} ms，p99 ${floor.ms.p99} ms，${floor.count} 条`)
    return { ours, floor, ratio: ours.ms.p99 / floor.ms.p99 }
  } finally {
    await house.close()
  }
}

type House = Awaited<ReturnType<typeof openHouse>>

/** The whole way: reminder rows, planner, cards, outbox, delivery, receipts. */
async function measureOurs(house: House): Promise<Lateness> {
  const people = await house.database.query<{ id: string; userid: string }>(
    `SELECT person_id AS id, value AS userid FROM identity WHERE kind = 'member' AND value LIKE 'p%'`,
  )
  const dues = dueTimes(
    Date.now() + LEAD_MS,
    people.rows.map(({ userid }) => userid),
  )
  const tasks = people.rows.map(({ id, userid }) => ({ task: newId(), person: id, reminder: newId(), due: dues.get(userid) }))
  await house.database.query(
    `INSERT INTO task (id, person_id, text, at, created_at)
     SELECT t.task, t.person, '给客户回电话', to_timestamp(t.due / 1000.0), now()
     FROM jsonb_to_recordset($1) AS t(task uuid, person uuid, due bigint)`,
    [JSON.stringify(tasks)],
  )
  await house.database.query(
    `INSERT INTO reminder (id, kind, subject, person_id, due_at, started_at, target_at, trace)
     SELECT t.reminder, 'personal', 'task:' || t.task, t.person, to_timestamp(t.due / 1000.0), now(), to_timestamp(t.due / 1000.0), 'bench'
     FROM jsonb_to_recordset($1) AS t(task uuid, person uuid, reminder uuid, due bigint)`,
    [JSON.stringify(tasks)],
  )
  await house.database.query('ANALYZE')
  const worker = house.member('worker', 'jobs/main.ts', 'worker ready', { NODE_ENV: 'production' })
  await worker.start()
  try {
    return await lateness(house, dues, new Map())
  } finally {
    await worker.stop()
  }
}

async function measureFloor(house: House): Promise<Lateness> {
  const before = await house.said()
  const floor = house.member('floor', 'bench/reminders/floor.ts', 'floor ready')
  await floor.start()
  try {
    const dues = dueTimes(Date.now() + LEAD_MS, [...before.keys()])
    floor.tell([...dues].map(([userid, due]) => ({ userid, due, title: '给客户回电话' })))
    return await lateness(house, dues, before)
  } finally {
    await floor.stop()
  }
}

/** When each is due. Every second its share, as reminders are: they are due at a second. */
function dueTimes(from: number, userids: string[]): Map<string, number> {
  const first = Math.ceil(from / 1000) * 1000
  const share = (i: number, count: number, seconds: number) => Math.floor((i * seconds) / count) * 1000
  return new Map(
    userids.map((userid, i) => [
      userid,
      i < WARM ? first + share(i, WARM, WARM_S) : first + WARM_S * 1000 + share(i - WARM, PERSONS, OVER_S),
    ]),
  )
}

async function lateness(house: House, all: Map<string, number>, before: Map<string, number>): Promise<Lateness> {
  const due = new Map([...all].slice(WARM))
  const last = Math.max(...due.values())
  await sleep(last - Date.now())
  const until = last + PATIENCE_MS
  let late: number[] = []
  while (Date.now() < until) {
    const said = await house.said()
    late = [...due].flatMap(([userid, at]) => {
      const when = said.get(userid)
      return when === undefined || when === before.get(userid) ? [] : [when - at]
    })
    if (late.length === due.size) break
    await sleep(1_000)
  }
  late.sort((a, b) => a - b)
  const at = (share: number) => Math.round(late[Math.min(late.length - 1, Math.floor(late.length * share))] ?? Number.NaN)
  return { count: late.length, ms: { p50: at(0.5), p99: at(0.99), max: at(1) } }
}
