import { shanghaiDay } from './format/dates.js'
import { atMinute, isWorkingDay, type Week } from './working-days.js'

const DAY_MS = 24 * 3_600_000
const DAY_MINUTES = 24 * 60

/** What a clock counts: all time; whole working days (a 72-hour clock pauses on days off); working hours of working days. */
export type Counting = 'clock' | 'working-days' | 'working-hours'
/** Minutes of a working day, from and to. `to` not after `from`: until that time of the next day. */
export type Hours = { from: number; to: number }
export type Calendar = { week: Week; hours: Hours }

/**
 * So much counted time after `from`. Exact to the millisecond: what is left of a day goes on at the next one. Time that
 * runs out at the very end of a counted span ends there and not at the beginning of the next; no time at all, begun where
 * nothing counts, ends where counting begins.
 */
export function addTime(from: Date, ms: number, counting: Counting, calendar: Calendar): Date {
  if (counting === 'clock') return new Date(from.getTime() + ms)
  let left = ms
  for (let day = firstDay(from); ; day = dayAfter(day)) {
    const span = countedSpan(day, counting, calendar)
    if (!span) continue
    const start = Math.max(from.getTime(), span.from)
    const room = span.to - start
    if (room <= 0) continue
    if (left <= room) return new Date(start + left)
    left -= room
  }
}

/** How much counted time lies between; 0 when `to` is not later. */
export function timeBetween(from: Date, to: Date, counting: Counting, calendar: Calendar): number {
  if (counting === 'clock') return Math.max(0, to.getTime() - from.getTime())
  let sum = 0
  for (let day = firstDay(from); atMinute(day, 0) < to; day = dayAfter(day)) {
    const span = countedSpan(day, counting, calendar)
    if (span) sum += Math.max(0, Math.min(to.getTime(), span.to) - Math.max(from.getTime(), span.from))
  }
  return sum
}

/** The end of the working hours of the first working day after `from`'s own. */
export function endOfNextWorkingDay(from: Date, { week, hours }: Calendar): Date {
  for (let day = dayAfter(shanghaiDay(from)); ; day = dayAfter(day)) {
    if (isWorkingDay(day, week)) return atMinute(day, endOf(hours))
  }
}

function countedSpan(day: string, counting: Counting, { week, hours }: Calendar): { from: number; to: number } | null {
  if (!isWorkingDay(day, week)) return null
  const midnight = atMinute(day, 0).getTime()
  if (counting === 'working-days') return { from: midnight, to: midnight + DAY_MS }
  return { from: midnight + hours.from * 60_000, to: midnight + endOf(hours) * 60_000 }
}

const endOf = ({ from, to }: Hours) => (to > from ? to : to + DAY_MINUTES)

/** Working hours over midnight: those of the day before may still run. */
const firstDay = (from: Date) => shanghaiDay(from.getTime() - DAY_MS)

/** Shanghai has no summer time, every day has 24 hours. */
const dayAfter = (day: string) => shanghaiDay(atMinute(day, DAY_MINUTES))
