import { setTimeout as sleep } from 'node:timers/promises'
import { advance, readOffset } from '../lib/clock.js'
import { createDb, type Db } from '../lib/db.js'
import { describe, type Log } from '../lib/log.js'
import type { Store } from './store.js'

/**
 * Business time for the story (chat stamps, 72 hours, five days), machine time for the platform (tokens, limits). The
 * offset is the product's own row; while the database is away the last one known holds.
 */
export type StandinClock = {
  machine(): number
  business(): number
  /** Resolves when the offset was read, or when waiting for the database makes no sense. */
  ready: Promise<unknown>
  /** Returns the new offset. Rejects when the database can't be reached. */
  advance(ms: number): Promise<number>
  close(): Promise<void>
}

const POLL_MS = 1_000
const PATIENCE_MS = 2_000

export function createStandinClock(deps: {
  store: Store
  databaseUrl: string | null
  log: Log
  machine?: () => number
}): StandinClock {
  const { store, log } = deps
  const machine = deps.machine ?? Date.now
  const db = deps.databaseUrl ? createDb(deps.databaseUrl, 1) : null

  const learn = (offsetMs: number) => {
    if (offsetMs !== store.state.offsetMs) void store.record({ type: 'offset', offsetMs })
    return offsetMs
  }

  let reading: Promise<void> | undefined
  let away = false
  const read = async (from: Db) => {
    try {
      learn(await readOffset(from))
      away = false
    } catch (error) {
      if (!away) log.warn(describe(error), 'the database is away: the last business clock holds')
      away = true
    }
    reading = undefined
  }
  const poll = () => {
    if (db) reading ??= read(db)
    return reading
  }
  const ready = Promise.race([poll(), sleep(PATIENCE_MS, undefined, { ref: false })])
  const timer = setInterval(poll, POLL_MS)

  return {
    machine,
    ready,
    business: () => machine() + store.state.offsetMs,
    async advance(ms) {
      if (!(ms > 0)) throw new RangeError('the business clock only moves forward')
      return learn(db ? await advance(db, ms) : store.state.offsetMs + Math.round(ms))
    },
    async close() {
      clearInterval(timer)
      await db?.$disconnect()
      await reading
    },
  }
}
