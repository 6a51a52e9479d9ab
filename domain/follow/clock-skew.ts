import type { Reader } from '../../lib/db.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import type { Work } from '../work.js'

/** A chore's row of the day on which it was seen last. */
const NAME = 'clock-skew'
const DAY_MS = 24 * 3_600_000
/** A callback is told within a second of what it tells; one that was not answered comes again for some 15 seconds. */
const EARLIEST_S = -5
const LATEST_S = 20

/**
 * What the platform has just told carries its own second. Told before it was, or long after: one of the two clocks is wrong, and
 * the platform's is set by radio. Noted for the administrator, until one arrives in time again. An hour and more is no clock: somebody held
 * the callback back.
 */
export async function noteSkew(work: Work, { at, receivedAt }: { at: Date; receivedAt: Date }): Promise<void> {
  const seconds = Math.round((receivedAt.getTime() - at.getTime()) / 1000)
  if (Math.abs(seconds) > 3_600) return
  if (seconds >= EARLIEST_S && seconds <= LATEST_S) {
    await work.tx.chore.deleteMany({ where: { name: NAME } })
    return
  }
  const day = shanghaiDay(work.now)
  const seen = { at: work.now, found: { seconds } }
  await work.tx.chore.upsert({ where: { name_day: { name: NAME, day } }, create: { name: NAME, day, ...seen }, update: seen })
}

/** By how many seconds this machine's clock is ahead of the platform's, as it was last seen; null: nothing speaks against it. */
export async function findSkew(db: Reader, now: Date): Promise<number | null> {
  const seen = await db.chore.findFirst({
    where: { name: NAME, at: { gt: new Date(now.getTime() - 7 * DAY_MS) } },
    orderBy: { at: 'desc' },
  })
  const found = seen?.found
  return found && typeof found === 'object' && 'seconds' in found && typeof found.seconds === 'number' ? found.seconds : null
}
