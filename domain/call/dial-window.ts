import type { Reader } from '../../lib/db.js'
import { later } from '../outbox.js'
import type { Work } from '../work.js'

const LANE = 'dial'
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** As often is looked; where the app has no right to, once a day is enough to find out that it has. */
const EVERY_MS = 10 * MINUTE_MS
/** A call is written down by the platform when it has ended: what is looked at overlaps with what was. */
const OVERLAP_MS = HOUR_MS
/** Before we were connected: the last days are enough to know who was called. */
const FIRST_MS = 3 * DAY_MS
/** The platform takes no longer stretch (official page 93662). */
const MOST_MS = 30 * DAY_MS

type Window = { from: string; until: string; offset: number }
/** Up to when the records were read to their end, and why they could not be. */
export type DialRead = { until: string; why: string | null }

/** One row that moves, in the table of what is done now and then. */
const CURSOR = { name: 'dial-read', day: 'last' }

export async function findDialRead(db: Reader): Promise<(DialRead & { at: Date }) | null> {
  const row = await db.chore.findUnique({ where: { name_day: CURSOR } })
  return row ? { ...(row.found as DialRead), at: row.at } : null
}

/** A stretch was read to its end. */
export async function noteDialRead(work: Work, found: DialRead): Promise<void> {
  const data = { at: work.now, found }
  await work.tx.chore.upsert({ where: { name_day: CURSOR }, create: { ...CURSOR, ...data }, update: data })
}

/**
 * Asks for the 公费电话 records since the last stretch that was read to its end: however long we were away, however often a
 * page of it failed. One stretch at a time; which worker looks does not matter.
 */
export async function lookForDials(work: Work): Promise<void> {
  if ((await work.tx.outbox.count({ where: { lane: LANE, state: 'open' } })) > 0) return
  const read = await findDialRead(work.tx)
  const now = work.now.getTime()
  const until = now - (now % EVERY_MS)
  const readUntil = read ? Date.parse(read.until) : until - FIRST_MS
  if (read && until - readUntil < (read.why ? DAY_MS : EVERY_MS)) return
  const from = Math.max(readUntil - OVERLAP_MS, until - MOST_MS + MINUTE_MS)
  await askForDials(work, { from: new Date(from).toISOString(), until: new Date(until).toISOString(), offset: 0 })
}

/** One page; asked twice it is asked once. */
export async function askForDials(work: Work, page: Window): Promise<void> {
  const key = `fetch-dial-records:${page.from}:${page.until}:${page.offset}`
  await later(work, { kind: 'fetch-dial-records', key, lane: LANE, payload: page })
}
