import { shanghaiDay } from '../../lib/format/dates.js'
import { atMinute, minutesOf, nextWorkingMorning } from '../../lib/working-days.js'
import { addTime } from '../../lib/working-time.js'
import type { Calm } from './calm.contract.js'
import { calendarOf, spread } from './calm.js'
import type { Ladder } from './ladder.contract.js'
import { MINUTE } from './reminder-kind.js'

const DAY_MS = 24 * 60 * MINUTE
const MORNING_SPREAD_MS = 10 * MINUTE

type Rungs = { startedAt: Date; saidAt: Date | null; targetAt: Date | null; personId: string }

/** The first level from `from` on that is switched on; past the end, the ladder has ended. */
export function nextOn({ levels }: Ladder, from: number): number {
  let level = from
  while (levels[level] && !levels[level]?.on) level += 1
  return level
}

/** Business time at which that level is due; null past the end of the ladder. */
export function dueAt(ladder: Ladder, level: number, rungs: Rungs, calm: Calm): Date | null {
  const wait = ladder.levels[level]?.wait
  if (!wait) return null
  const from = rungs.saidAt ?? rungs.startedAt
  switch (wait.from) {
    case 'last':
      return addTime(from, wait.minutes * MINUTE, wait.counts, calendarOf(calm))
    case 'start': {
      const at = addTime(rungs.startedAt, wait.minutes * MINUTE, wait.counts, calendarOf(calm))
      const before = ladder.levels[level - 1]?.wait
      // The level before came after this one's time, so late was everything: who was told then has as long as between the two.
      if (before?.from !== 'start' || !rungs.saidAt || at >= rungs.saidAt) return at
      return addTime(rungs.saidAt, Math.max(0, wait.minutes - before.minutes) * MINUTE, wait.counts, calendarOf(calm))
    }
    case 'morning': {
      const at = nextWorkingMorning(from, minutesOf(calm.morning), calendarOf(calm).week)
      return spread(at, MORNING_SPREAD_MS, calm, rungs.personId)
    }
    case 'target': {
      const target = rungs.targetAt ?? rungs.startedAt
      const at = new Date(target.getTime() - wait.days * DAY_MS)
      return wait.at === null ? at : atMinute(shanghaiDay(at), minutesOf(wait.at))
    }
  }
}
