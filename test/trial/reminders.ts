import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { settle as settleReminder } from '../../domain/reminders/settle-reminder.js'
import { runWork } from '../../domain/work.js'
import { createBells } from '../../lib/bells.js'
import { createClock } from '../../lib/clock.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { createLive } from '../../lib/live.js'
import { createLog } from '../../lib/log.js'
import { type Chance, createChance } from '../faults/chance.js'
import { closeReminderBooks } from '../faults/reminder-books.js'
import type { Settled } from '../faults/reminder-wire.js'
import { type Rig, startRig } from '../rig/rig.js'
import { giveManagers, writeBigWorld } from './big-world.js'
import { plantReminders } from './plant-reminders.js'
import type { Trial } from './trial.js'
import { commonTroubles, SEND, type Trouble } from './troubles.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Of business time: from Monday morning until Friday evening. */
const SPAN_HOURS = 4 * 24 + 10
/** So many of a thousand are settled at each step. */
const SETTLED_A_STEP = 2
const STEP_MS = 20 * MINUTE_MS
const PATIENCE = { ms: 120_000, every: 300 }
/** What the product says when an operator lets a number have no more for now. */
const LIMIT = '%太频繁%'
const SEND_SMS = '/SendSms'
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const troubles: Record<string, Trouble> = {
  ...commonTroubles,
  'answers cut off': (rig, chance) => rig.standin.fault({ path: SEND, mode: 'drop-after', times: 5 + chance.below(20) }),
  'platform hangs': (rig) => rig.standin.fault({ path: SEND, mode: 'hang', times: 2 }),
  'platform refuses': (rig, chance) =>
    rig.standin.fault({ path: SEND, mode: 'http', status: chance.pick([500, 502, 503]), times: 5 + chance.below(20) }),
  '45009': (rig, chance) => rig.standin.fault({ path: SEND, mode: 'errcode', errcode: 45009, times: 5 + chance.below(20) }),
  'chat away for an hour': async (rig) => {
    await rig.standin.fault({ path: SEND, mode: 'http', status: 503 })
    await rig.standin.advanceClock(HOUR_MS)
    await sleep(12_000)
    await rig.standin.clearFaults()
  },
  'SMS answers cut off': (rig) => rig.standin.fault({ path: SEND_SMS, mode: 'drop-after', times: 3 }),
  'SMS refused': (rig) => rig.standin.fault({ path: SEND_SMS, mode: 'errcode', code: 'isv.MOBILE_NUMBER_ILLEGAL', times: 2 }),
  'mail answers cut off': (rig) => rig.standin.fault({ path: 'smtp', mode: 'drop-after', times: 2 }),
}

/**
 * A working week of an organisation in some minutes, with trouble all the time and a jump of three days in the middle; then every level that was due is held against what was said of it. A worker is taken for dead, and a channel for away,
 * sooner than in production.
 */
const trial: Trial = async ({ seed, say }) => {
  const chance = createChance(seed)
  const count = Number(process.env.TRIAL_REMINDERS) || 10_000
  const people = Math.min(400, Math.max(24, Math.ceil(count / 30)))
  say(`seed ${chance.seed} (--seed ${chance.seed} throws the same again): ${count} reminders of ${people} people`)
  const world = await writeBigWorld(people)
  const env = {
    OUTBOX_LEASE_MS: '15000',
    OUTBOX_STUCK_MS: '10000',
    STANDIN_WORLD: world,
  }
  const rig = await startRig({ workers: 2, env })
  const desk = openDesk(rig, chance)
  const happened = new Map<string, number>()
  try {
    await giveManagers(rig)
    for (let i = 7; i < people; i += 33) await rig.standin.range(`p${i}`, false)
    const opening = await desk.now()
    await plantReminders(rig, { count, chance, now: opening, hours: SPAN_HOURS })
    const end = opening.getTime() + SPAN_HOURS * HOUR_MS
    const jumpAt = opening.getTime() + (24 + chance.below(6)) * HOUR_MS
    const perStep = Math.ceil((count * SETTLED_A_STEP) / 1_000)
    let jumped = false
    for (let step = 1; (await desk.now()).getTime() < end; step++) {
      const at = await desk.now()
      const jump: boolean = !jumped && at.getTime() > jumpAt
      jumped ||= jump
      await desk.moveTo(jump ? at.getTime() + 72 * HOUR_MS : nextStep(at))
      if (step % 2 === 0 || jump) {
        const name = chance.pick(Object.keys(troubles))
        happened.set(name, (happened.get(name) ?? 0) + 1)
        await Promise.all([troubles[name]?.(rig, chance), desk.settleSome(perStep)])
      } else await desk.settleSome(perStep)
      await desk.sayMost()
      if (step % 10 === 0 || jump) say(`${jump ? 'three days on: ' : ''}${await desk.standing()}`)
    }
    say(`no more trouble, what is left is said: ${await desk.standing()}`)
    await rig.standin.clearFaults()
    await desk.sayAll(say)
    const { counted, wrong } = await closeReminderBooks(rig, desk.settled)
    const table = Object.entries({ ...counted, 'held back: quiet, said later': desk.quiet.size }).map(([what, n]) => ({
      counted: what,
      n,
    }))
    say(`troubles: ${[...happened].map(([name, n]) => `${name} ${n}`).join(', ')}`)
    return { table, wrong: wrong.length > 40 ? [...wrong.slice(0, 40), `and ${wrong.length - 40} more`] : wrong }
  } catch (error) {
    say(rig.logs().slice(-20_000))
    return { table: [], wrong: [(error as Error).message] }
  } finally {
    await desk.close()
    await rig.stop()
    await rm(dirname(world), { recursive: true, force: true })
  }
}

/** In the day there is a look every twenty minutes, in the quiet hours one, and the next a little after them. */
function nextStep(at: Date): number {
  const next = at.getTime() + STEP_MS
  const night = new Date(`${shanghaiDay(at)}T23:00:00+08:00`).getTime()
  if (next < night - 2.5 * HOUR_MS) return next
  return at.getTime() < night ? night : night + 9.1 * HOUR_MS
}

/** The clock, and people who settle what was to be said. */
function openDesk(rig: Rig, chance: Chance) {
  const log = createLog('silent', 'trial')
  const clock = createClock({ production: false })
  const bells = createBells(rig.redis.url, log)
  const live = createLive(rig.redis.url, log)
  const deps = { db: rig.db, clock, bells, live }
  const settled: Settled = new Map()
  const quiet = new Set<string>()
  // The database or the platform itself may be what was killed: people try again.
  const insist = <T>(act: () => Promise<T>): Promise<T> =>
    rig.waitFor(async () => ({ done: await act() }), PATIENCE).then(({ done }) => done)
  const now = () => insist(() => clock.now(rig.db))

  /** What could be done now and is not. */
  const owing = async () => {
    const at = await clock.now(rig.db)
    const [levels, notices, left] = await Promise.all([
      rig.db.reminder.count({ where: { state: 'open', dueAt: { lte: at } } }),
      rig.db.notice.count({ where: { state: 'waiting', sayAt: { lte: at } } }),
      // What an operator's limits hold back (five text messages an hour for one number) may be held for days.
      rig.db.$queryRaw<{ n: bigint }[]>`
        SELECT count(*) AS n FROM outbox o WHERE state = 'open' AND not_before <= ${at} AND kind IN ('send-card', 'send-sms', 'send-mail')
          AND NOT (kind = 'send-sms' AND EXISTS (SELECT 1 FROM outbox h WHERE h.lane = o.lane AND h.state = 'open' AND h.reason LIKE ${LIMIT}))`,
    ])
    const rows = Number(left[0]?.n)
    return { levels, notices, rows, all: levels + notices + rows }
  }

  return {
    settled,
    quiet,
    now,
    async moveTo(ms: number): Promise<void> {
      await insist(() => rig.standin.moveClockTo(new Date(ms)))
    },
    /** Some of what is open is done: before it is due, after it was said, or just while it is on its way. */
    async settleSome(most: number): Promise<void> {
      const at = await now()
      const open = await insist(() =>
        rig.db.reminder.findMany({
          where: { state: 'open', OR: [{ dueAt: null }, { dueAt: { lt: new Date(at.getTime() + HOUR_MS) } }] },
          select: { id: true },
          orderBy: { id: 'desc' },
          take: 400,
        }),
      )
      for (let i = 0; i < most && open.length > 0; i++) {
        const { id } = chance.pick(open)
        if (settled.has(id)) continue
        await insist(() => runWork(deps, 'trial', (work) => settleReminder(work, id, 'trial')))
        settled.set(id, Date.now())
      }
    },
    /** A few seconds for what this step brought; what trouble held up may wait for a later one. */
    async sayMost(): Promise<void> {
      await rig.waitFor(async () => (await owing()).all < 20, { ms: 4_000, every: 200 }).catch(() => {})
      const held = await insist(() => rig.db.reminder.findMany({ where: { heldWhy: 'quiet' }, select: { id: true } }))
      for (const { id } of held) quiet.add(id)
    },
    async standing(): Promise<string> {
      const at = await now()
      const said = await insist(() => rig.db.notice.count({ where: { state: 'said' } }))
      const { levels, notices, rows } = await insist(owing)
      const when = new Date(at.getTime() + 8 * HOUR_MS).toISOString().slice(5, 16).replace('T', ' ')
      return `${when}, ${said} said, ${levels} levels and ${notices} digests are due, ${rows} messages to send`
    },
    /** Until nothing is left that could be done, now or later: clock and rows are pushed to whatever waits for a time. */
    async sayAll(tell: (line: string) => void): Promise<void> {
      for (let round = 0; round < 60; round++) {
        await rig
          .waitFor(
            async () => {
              // Machine time can't be pushed, so what waits to be tried again is.
              await rig.db.outbox.updateMany({ where: { state: 'open', retryAt: { not: null } }, data: { retryAt: null } })
              const left = await owing()
              if (left.all > 0) throw new Error(JSON.stringify(left))
              return true
            },
            { ms: 15_000, every: 1_000 },
          )
          .catch((error: Error) => tell(error.message))
        const [level, notice] = await Promise.all([
          rig.db.reminder.findFirst({
            where: { state: 'open', dueAt: { not: null } },
            orderBy: { dueAt: 'asc' },
            select: { dueAt: true },
          }),
          rig.db.notice.findFirst({ where: { state: 'waiting' }, orderBy: { sayAt: 'asc' }, select: { sayAt: true } }),
        ])
        const left = await owing()
        const next = [level?.dueAt, notice?.sayAt].flatMap((at) => at?.getTime() ?? [])
        if (left.all === 0 && next.length === 0) return
        await rig.standin.moveClockTo(
          new Date(Math.max((await now()).getTime() + HOUR_MS, next.length > 0 ? Math.min(...next) : 0)),
        )
      }
      throw new Error(`something is never said: ${JSON.stringify(await owing())}`)
    },
    async close(): Promise<void> {
      live.close()
      await bells.close()
    },
  }
}

export default trial
