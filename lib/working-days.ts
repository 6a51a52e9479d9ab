import chineseDays from 'chinese-days'
import { shanghaiDay } from './format/dates.js'

const DAY_MS = 24 * 3_600_000

/** A day on which offices work: weekdays and make-up days (调休), no public holidays. ISO day in Shanghai. */
export function isWorkingDay(day: string): boolean {
  return chineseDays.isWorkday(day)
}

/**
 * The first working day after `after`'s own day in Shanghai, at that minute of it. Years that the published calendar does
 * not cover yet count by weekday.
 */
export function nextWorkingMorning(after: Date, minutes: number): Date {
  for (let at = after.getTime() + DAY_MS; ; at += DAY_MS) {
    const day = shanghaiDay(at)
    if (isWorkingDay(day)) return new Date(Date.parse(`${day}T00:00:00+08:00`) + minutes * 60_000)
  }
}
