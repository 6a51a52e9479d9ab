import { Prisma } from '../../lib/db.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { atMinute, isWorkingDay, type Week } from '../../lib/working-days.js'

const DAY_MINUTES = 24 * 60

/** The days of the report: whole weeks from Monday, the last of them the one of `now`. */
export function daysOf(weeks: number, now: Date): { from: string; to: string; days: string[] } {
  const today = shanghaiDay(now)
  const sinceMonday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7
  const days = Array.from({ length: weeks * 7 }, (_, i) => addDays(today, i - sinceMonday - (weeks - 1) * 7))
  return { from: days[0] as string, to: days.at(-1) as string, days }
}

export const addDays = (day: string, days: number) => shanghaiDay(atMinute(day, days * DAY_MINUTES))

/**
 * SQL for a table «day» with the number of each day, from 1: whether it counts, and when the working day after it begins.
 * With it the database says when 24 hours that pause on days off are over (`dueOf`), the same to the millisecond as
 * `addTime(at, 24 h, 'working-days', …)`. Hours, never days, are added: what a day is depends on the connection's time zone.
 */
export function dayTable(days: string[], week: Week): Prisma.Sql {
  const works = days.map((day) => isWorkingDay(day, week))
  const following = days.map((day) => atMinute(workingDayAfter(day, week), 0))
  const mondays = days.map((day, i) => addDays(day, -(i % 7)))
  return Prisma.sql`unnest(${beginsOf(days)}::timestamptz[], ${works}::bool[], ${following}::timestamptz[], ${mondays}::text[])
    WITH ORDINALITY AS day(begins, works, following, week, number)`
}

/** Which of the days a moment lies in: the number of its row. For moments within them; `days` begin with a Monday. */
export const dayNumber = (days: string[], at: Prisma.Sql) => Prisma.sql`width_bucket(${at}, ${beginsOf(days)}::timestamptz[])`

const beginsOf = (days: string[]) => days.map((day) => atMinute(day, 0))

function workingDayAfter(day: string, week: Week): string {
  for (let next = addDays(day, 1); ; next = addDays(next, 1)) if (isWorkingDay(next, week)) return next
}

/** What is left of a working day goes on at the next; begun on a day off it is the whole of the next working day. */
export const dueOf = (at: Prisma.Sql) => Prisma.sql`(CASE
  WHEN NOT day.works THEN day.following + interval '24 hours'
  WHEN ${at} = day.begins THEN ${at} + interval '24 hours'
  ELSE ${at} + (day.following - day.begins) END)`
