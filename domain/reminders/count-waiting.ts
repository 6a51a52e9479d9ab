import type { Reader } from '../../lib/db.js'
import { formatClock, formatDayShort, shanghaiDay } from '../../lib/format/dates.js'

/**
 * What waits for a person, as a text message may say it: no name, no amount. `earliest` is 「15:00」 or 「11月23日」: operators
 * let such a gap hold a handful of characters that read as a time.
 */
export async function countWaiting(db: Reader, personId: string, now: Date): Promise<{ count: number; earliest: string }> {
  const open = await db.reminder.findMany({
    where: { state: 'open', OR: [{ personId }, { notices: { some: { personId, state: 'said' } } }] },
    select: { dueAt: true },
  })
  const due = open.flatMap(({ dueAt }) => (dueAt && dueAt > now ? [dueAt.getTime()] : []))
  const at = due.length > 0 ? new Date(Math.min(...due)) : now
  const earliest = shanghaiDay(at) === shanghaiDay(now) ? formatClock(at) : formatDayShort(at, at)
  return { count: Math.max(1, open.length), earliest }
}
