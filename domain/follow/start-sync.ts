import type { Reader } from '../../lib/db.js'
import { onceADay } from '../chore.js'
import { later } from '../outbox.js'
import type { Work } from '../work.js'
import { RUN } from './edge.js'

/**
 * Everybody's customers are looked at: all of them at the first connect, and once a day for what no event told of. Nothing is
 * asked of anybody: what is found becomes rows.
 */
export async function syncDaily(work: Work, day: string): Promise<void> {
  if (await onceADay(work, RUN, day)) await askFollowers(work, day)
}

/** Has nobody ever looked? */
export const neverSynced = async (work: Work): Promise<boolean> => (await work.tx.chore.count({ where: { name: RUN } })) === 0

/** An administrator wants it now. */
export const syncNow = (work: Work, requestId: string): Promise<void> => askFollowers(work, `by:${requestId}`)

/** A lane of its own: what waits for an administrator to grant a right does not hold up their 「现在同步」. */
const askFollowers = (work: Work, run: string): Promise<void> =>
  later(work, { kind: 'list-followers', key: `list-followers:${run}`, lane: `contacts:${run}`, payload: { run } })

/** A day's look that could not be had by the next day is that one's business. */
export const isOvertaken = async (db: Reader, run: string): Promise<boolean> =>
  isDay.test(run) && (await db.chore.count({ where: { name: RUN, day: { gt: run } } })) > 0

const isDay = /^\d{4}-\d{2}-\d{2}$/
