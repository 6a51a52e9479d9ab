import { shanghaiDay } from '../../lib/format/dates.js'
import { sha256 } from '../../lib/ids.js'
import { atMinute, isWorkingDay, minuteOf, minutesOf, type Week } from '../../lib/working-days.js'
import type { Calendar } from '../../lib/working-time.js'
import type { Calm } from './calm.contract.js'

const DAY_MS = 24 * 3_600_000
const MINUTE_MS = 60_000
/** What was held back over night leaves over so many minutes, each person at their own: the platform asks for no bulk at :00. */
const SPREAD_MS = 14 * MINUTE_MS
const DIGEST_SPREAD_MS = 5 * MINUTE_MS
const MORNING_MS = 45 * MINUTE_MS

export const weekOf = (calm: Calm): Week =>
  calm.week === 'alternate' ? { kind: 'alternate', longWeek: calm.longWeek ?? '2026-01-05' } : { kind: calm.week }

export const calendarOf = (calm: Calm): Calendar => ({
  week: weekOf(calm),
  hours: { from: minutesOf(calm.workHours.from), to: minutesOf(calm.workHours.to) },
})

/** A day off or the quiet hours: nothing is said now. */
export function isQuiet(now: Date, calm: Calm): boolean {
  if (calm.daysOffQuiet && !isWorkingDay(shanghaiDay(now), weekOf(calm))) return true
  return inQuietHours(minuteOf(now), calm)
}

/** By the hours alone, whatever the day. From and to the same: there are none. */
export function inQuietHours(minute: number, { quiet }: Pick<Calm, 'quiet'>): boolean {
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)]
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
  for (let day = shanghaiDay(now); ; day = dayAfter(day)) {
    const open = atMinute(day, to)
    if (open > now && !isQuiet(open, calm)) return spread(open, SPREAD_MS, calm, personId)
  }
}

/** The next digest after `now`, on a day and at a time that is not quiet. */
export function nextDigest(now: Date, calm: Calm, personId: string): Date {
  const times = calm.digests.map(minutesOf).sort((a, b) => a - b)
  // Every one of them in the quiet hours: what waits is said when those end.
  if (times.every((minute) => inQuietHours(minute, calm))) return afterQuiet(quietBegins(now, calm), calm, personId)
  for (let day = shanghaiDay(now); ; day = dayAfter(day)) {
    for (const minute of times) {
      const at = atMinute(day, minute)
      if (isQuiet(at, calm)) continue
      const own = spread(at, DIGEST_SPREAD_MS, calm, personId)
      // All that is open there is a minute for no bulk: what follows the quiet behind it.
      const fit = afterQuiet(awayFromBulk(own.getTime()), calm, personId)
      if (fit > now) return fit
    }
  }
}

/** Until then cards of that day are the morning's, and don't count against the cap. */
export const endOfMorning = (now: Date, calm: Calm): Date =>
  new Date(atMinute(shanghaiDay(now), minutesOf(calm.morning)).getTime() + MORNING_MS)

/**
 * That moment for one person: a little later than for others, never in the minutes :00 and :30, in which the platform asks
 * for no bulk, and never so late that it is quiet again.
 */
export function spread(at: Date, range: number, calm: Calm, personId: string): Date {
  const own = awayFromBulk(at.getTime() + apart(personId, range))
  if (isQuiet(at, calm) || !isQuiet(own, calm)) return own
  // The open time is shorter than the range: within what there is of it.
  let room = range
  while (room > MINUTE_MS && isQuiet(new Date(at.getTime() + room), calm)) room /= 2
  const near = awayFromBulk(at.getTime() + apart(personId, Math.ceil(room)))
  return isQuiet(near, calm) ? at : near
}

const awayFromBulk = (at: number) => {
  const minute = Math.floor(at / MINUTE_MS) % 30
  return new Date(minute === 0 ? at + MINUTE_MS : at)
}

/** Always the same for one person, spread evenly over all: milliseconds below `range`. */
export const apart = (personId: string, range: number) => Number.parseInt(sha256(personId).slice(0, 8), 16) % range

const dayAfter = (day: string) => shanghaiDay(atMinute(day, 0).getTime() + DAY_MS)

function quietBegins(now: Date, calm: Calm): Date {
  if (isQuiet(now, calm)) return now
  const from = minutesOf(calm.quiet.from)
  const today = atMinute(shanghaiDay(now), from)
  return today > now ? today : atMinute(dayAfter(shanghaiDay(now)), from)
}
