import { shanghaiDay } from '../lib/format/dates.js'
import { isWorkingDay, minuteOf, nextWorkingMorning } from '../lib/working-days.js'

const DAY_MS = 24 * 3_600_000
const [ENDS, BEGINS] = [8 * 60, 20 * 60 + 30]

/** When the product speaks again, by the rest times that it comes with; null while it speaks. */
export function quietUntil(now: Date): Date | null {
  const day = shanghaiDay(now)
  const minutes = minuteOf(now)
  if (isWorkingDay(day) && minutes >= ENDS && minutes < BEGINS) return null
  const beforeDawn = isWorkingDay(day) && minutes < ENDS
  return nextWorkingMorning(beforeDawn ? new Date(now.getTime() - DAY_MS) : now, ENDS)
}

/** A quarter past eight on the next Monday that is worked: a week begins, and the morning card is there. */
export function nextMonday(now: Date): Date {
  for (let at = now.getTime() + DAY_MS; ; at += DAY_MS) {
    const day = shanghaiDay(at)
    if (new Date(day).getUTCDay() === 1 && isWorkingDay(day)) return new Date(`${day}T08:15:00+08:00`)
  }
}
