import { later } from '../outbox.js'
import type { Work } from '../work.js'

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
type Receipt = { last?: boolean; why?: string | null }

/**
 * Asks for the 公费电话 records since the last stretch that was read to its end: however long we were away, however often a
 * page of it failed. One stretch at a time; which worker looks does not matter.
 */
export async function lookForDials(work: Work): Promise<void> {
  const kind = 'fetch-dial-records' as const
  if ((await work.tx.outbox.count({ where: { kind, state: 'open' } })) > 0) return
  const [last] = await work.tx.outbox.findMany({
    where: { kind, state: 'done', receipt: { path: ['last'], equals: true } },
    orderBy: { id: 'desc' },
    take: 1,
    select: { payload: true, receipt: true },
  })
  const read = last?.payload as Window | undefined
  const refused = Boolean((last?.receipt as Receipt | undefined)?.why)
  const now = work.now.getTime()
  const until = now - (now % EVERY_MS)
  const readUntil = read ? Date.parse(read.until) : until - FIRST_MS
  if (read && until - readUntil < (refused ? DAY_MS : EVERY_MS)) return
  const from = Math.max(readUntil - OVERLAP_MS, until - MOST_MS + MINUTE_MS)
  await askForDials(work, { from: new Date(from).toISOString(), until: new Date(until).toISOString(), offset: 0 })
}

/** One page; asked twice it is asked once. */
export async function askForDials(work: Work, page: Window): Promise<void> {
  const key = `fetch-dial-records:${page.from}:${page.until}:${page.offset}`
  await later(work, { kind: 'fetch-dial-records', key, lane: 'dial', payload: page })
}
