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
    case 'start':
      return addTime(rungs.startedAt, wait.minutes * MINUTE, wait.counts, calendarOf(calm))
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

type Said = Rungs & { level: number; next: number; saidAt: Date; wasUnheard: boolean }

/**
 * When the level after the one that is said now is due. Where that time is past and nobody had heard anything (`wasUnheard`: an
 * outage), who was told has as long as lies between the two: no manager hears in the same minute as their rep.
 */
export function dueAfter(ladder: Ladder, { level, next, wasUnheard, ...rungs }: Said, calm: Calm): Date | null {
  const due = dueAt(ladder, next, rungs, calm)
  const [said, coming] = [ladder.levels[level]?.wait, ladder.levels[next]?.wait]
  if (!due || !wasUnheard || due >= rungs.saidAt || said?.from !== 'start' || coming?.from !== 'start') return due
  return addTime(rungs.saidAt, Math.max(0, coming.minutes - said.minutes) * MINUTE, coming.counts, calendarOf(calm))
}
