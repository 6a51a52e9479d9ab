import chineseDays from 'chinese-days'
import { shanghaiDay } from './format/dates.js'

const DAY_MS = 24 * 3_600_000

/**
 * The organisation's own week: 五天, 单休 (Saturdays too), or 大小周 (every other Saturday; `longWeek` is any day of a week
 * with six days). Public holidays and make-up days (调休) hold for all of them.
 */
export type Week = { kind: 'five' } | { kind: 'six' } | { kind: 'alternate'; longWeek: string }
export const FIVE_DAYS: Week = { kind: 'five' }

/** A day on which the organisation works. ISO day in Shanghai. Years that no calendar covers yet count by weekday. */
export function isWorkingDay(day: string, week: Week = FIVE_DAYS): boolean {
  if (isWorkday(day)) return true
  // A Saturday that is off for everybody, by a holiday, stays off.
  if (week.kind === 'five' || weekday(day) !== 6 || isPublicHoliday(day)) return false
  return week.kind === 'six' || weeksBetween(week.longWeek, day) % 2 === 0
}

/** Whether the holidays of that year were published and are known: usually in November of the year before. */
export const isPublished = (year: number): boolean => isPublicHoliday(`${year}-01-01`)

/** The first working day after `after`'s own day in Shanghai, at that minute of it. */
export function nextWorkingMorning(after: Date, minutes: number, week: Week = FIVE_DAYS): Date {
  for (let at = after.getTime() + DAY_MS; ; at += DAY_MS) {
    const day = shanghaiDay(at)
    if (isWorkingDay(day, week)) return atMinute(day, minutes)
  }
}

/** That minute of that day in Shanghai. */
export const atMinute = (day: string, minutes: number): Date => new Date(Date.parse(`${day}T00:00:00+08:00`) + minutes * 60_000)

/** Minutes since midnight in Shanghai. */
export function minuteOf(at: Date): number {
  return (at.getTime() - Date.parse(`${shanghaiDay(at)}T00:00:00+08:00`)) / 60_000
}

/** 「08:15」 → 495. Throws on anything else. */
export function minutesOf(clock: string): number {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock) ?? []
  if (hours === undefined || minutes === undefined) throw new RangeError(`not a time of day: ${clock}`)
  return Number(hours) * 60 + Number(minutes)
}

/** The library's answer, kept: engines ask for the same few days many thousand times, and its own takes microseconds. */
function isWorkday(day: string): boolean {
  const known = workdays.get(day)
  if (known !== undefined) return known
  if (workdays.size >= MOST_KEPT) workdays.clear()
  const works = chineseDays.isWorkday(day)
  workdays.set(day, works)
  return works
}
const workdays = new Map<string, boolean>()
const MOST_KEPT = 4_000

const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay()

/** The library calls every weekend a holiday; a published one is named 「English,中文,days」. */
const isPublicHoliday = (day: string) => chineseDays.getDayDetail(day).name.includes(',')

/** Whole weeks from Monday to Monday. */
function weeksBetween(a: string, b: string): number {
  const monday = (day: string) => Date.parse(`${day}T00:00:00Z`) - ((weekday(day) + 6) % 7) * DAY_MS
  return Math.round(Math.abs(monday(a) - monday(b)) / (7 * DAY_MS))
}
