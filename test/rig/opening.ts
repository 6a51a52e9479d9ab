import { shanghaiDay } from '../../lib/format/dates.js'
import { isWorkingDay } from '../../lib/working-days.js'

const DAY_MS = 24 * 3_600_000

/**
 * When the stories of the rig begin: ten o'clock on the Monday of the next week that has five working days. The same
 * whatever the hour of the run, and with days ahead on which the product speaks.
 */
export function rigOpening(now: Date): Date {
  for (let at = now.getTime() + DAY_MS; ; at += DAY_MS) {
    const day = shanghaiDay(at)
    if (new Date(day).getUTCDay() !== 1) continue
    const week = Array.from({ length: 5 }, (_, n) => shanghaiDay(at + n * DAY_MS))
    if (week.every((day) => isWorkingDay(day))) return new Date(`${day}T10:00:00+08:00`)
  }
}
