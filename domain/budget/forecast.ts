import { shanghaiDay } from '../../lib/format/dates.js'
import { atMinute, isWorkingDay, type Week } from '../../lib/working-days.js'

const DAY_MS = 24 * 3_600_000
/** A day off brings a tenth of what a working day brings. */
const OFF_DAY = 0.1
/** Less than a working day says nothing of a month. */
const ENOUGH = 1

/** ISO day in Shanghai → how many on it. */
export type Days = ReadonlyMap<string, number>

/**
 * How many it will be at the end of `now`'s month, if each working day still to come brings what those before did. `days` may
 * reach back into the month before: at its beginning a month knows nothing of itself. Null: less than one working day is known.
 */
export function forecast(days: Days, now: Date, week: Week): number | null {
  const today = shanghaiDay(now)
  const month = today.slice(0, 7)
  const [first] = [...days.keys()].filter((day) => days.get(day)).sort()
  if (!first) return null
  let [used, seen, known, ahead] = [0, 0, 0, 0]
  for (let day = first < `${month}-01` ? first : `${month}-01`; ; day = dayAfter(day)) {
    if (day > today && day.slice(0, 7) !== month) break
    const weight = isWorkingDay(day, week) ? 1 : OFF_DAY
    const gone = day < today ? 1 : day > today ? 0 : (now.getTime() - atMinute(day, 0).getTime()) / DAY_MS
    const count = day > today ? 0 : (days.get(day) ?? 0)
    if (day.slice(0, 7) === month) {
      used += count
      ahead += weight * (1 - gone)
    }
    if (day < first) continue
    seen += count
    known += weight * gone
  }
  return known < ENOUGH ? null : Math.round(used + (seen / known) * ahead)
}

const dayAfter = (day: string) => shanghaiDay(atMinute(day, 0).getTime() + DAY_MS)
