import type { Reader } from '../../lib/db.js'
import { formatClock, formatDay, shanghaiDay } from '../../lib/format/dates.js'

/** What waits for a person, as a text message may say it: no name, no amount. `earliest` is 「今天 15:00」. */
export async function countWaiting(db: Reader, personId: string, now: Date): Promise<{ count: number; earliest: string }> {
  const open = await db.reminder.findMany({
    where: { state: 'open', OR: [{ personId }, { notices: { some: { personId, state: 'said' } } }] },
    select: { dueAt: true },
  })
  const due = open.flatMap(({ dueAt }) => (dueAt && dueAt > now ? [dueAt.getTime()] : []))
  const at = due.length > 0 ? new Date(Math.min(...due)) : now
  const day = shanghaiDay(at) === shanghaiDay(now) ? '今天' : formatDay(at, now)
  return { count: Math.max(1, open.length), earliest: `${day} ${formatClock(at)}` }
}
