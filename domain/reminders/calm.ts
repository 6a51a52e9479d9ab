import { shanghaiDay } from '../../lib/format/dates.js'
import { sha256 } from '../../lib/ids.js'
import { atMinute, isWorkingDay, minuteOf, minutesOf, type Week } from '../../lib/working-days.js'
import type { Calendar } from '../../lib/working-time.js'
import type { Calm } from './calm.contract.js'

const DAY_MS = 24 * 3_600_000
/** What was held back over night leaves over so many minutes, each person at their own: the platform asks for no bulk at :00. */
const SPREAD_MS = 14 * 60_000

export const weekOf = (calm: Calm): Week =>
  calm.week === 'alternate' ? { kind: 'alternate', longWeek: calm.longWeek ?? '2026-01-05' } : { kind: calm.week }

export const calendarOf = (calm: Calm): Calendar => ({
  week: weekOf(calm),
  hours: { from: minutesOf(calm.workHours.from), to: minutesOf(calm.workHours.to) },
})

/** A day off or the quiet hours: nothing is said now. */
export function isQuiet(now: Date, calm: Calm): boolean {
  if (calm.daysOffQuiet && !isWorkingDay(shanghaiDay(now), weekOf(calm))) return true
  const [from, to, minute] = [minutesOf(calm.quiet.from), minutesOf(calm.quiet.to), minuteOf(now)]
  if (from === to) return false
  return from < to ? minute >= from && minute < to : minute >= from || minute < to
}

/**
 * When it is said: now, or the end of the quiet time. People get theirs a little apart, always the same person at the same
 * minute, never at :00 itself.
 */
export function afterQuiet(now: Date, calm: Calm, personId: string): Date {
  if (!isQuiet(now, calm)) return now
  const to = minutesOf(calm.quiet.to)
  for (let day = shanghaiDay(now); ; day = shanghaiDay(atMinute(day, 0).getTime() + DAY_MS)) {
    const open = atMinute(day, to)
    if (open <= now || (calm.daysOffQuiet && !isWorkingDay(day, weekOf(calm)))) continue
    return new Date(open.getTime() + 60_000 + apart(personId, SPREAD_MS - 60_000))
  }
}

/** The next digest after `now`, on a day and at a time that is not quiet. */
export function nextDigest(now: Date, calm: Calm, personId: string): Date {
  const times = calm.digests.map(minutesOf).sort((a, b) => a - b)
  for (let day = shanghaiDay(now); ; day = shanghaiDay(atMinute(day, 0).getTime() + DAY_MS)) {
    if (calm.daysOffQuiet && !isWorkingDay(day, weekOf(calm))) continue
    for (const minute of times) {
      const at = new Date(atMinute(day, minute).getTime() + apart(personId, 5 * 60_000))
      if (at > now) return at
    }
  }
}

/** Always the same for one person, spread evenly over all: milliseconds below `range`. */
export const apart = (personId: string, range: number) => Number.parseInt(sha256(personId).slice(0, 8), 16) % range
