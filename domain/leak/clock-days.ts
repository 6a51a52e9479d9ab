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
 * SQL for a table «day»: of each day whether it counts and which working day follows. With it the database says when 24 hours
 * that pause on days off are over (`dueOf`), the same to the millisecond as `addTime(at, 24 h, 'working-days', …)`.
 */
export function dayTable(days: string[], week: Week): Prisma.Sql {
  const works = days.map((day) => isWorkingDay(day, week))
  const following = days.map((day) => workingDayAfter(day, week))
  return Prisma.sql`unnest(${days}::date[], ${works}::bool[], ${following}::date[]) AS day(day, works, following)`
}

function workingDayAfter(day: string, week: Week): string {
  for (let next = addDays(day, 1); ; next = addDays(next, 1)) if (isWorkingDay(next, week)) return next
}

/** What is left of a working day goes on at the next; begun on a day off it is the whole of the next working day. */
export const dueOf = (at: Prisma.Sql) => {
  const local = Prisma.sql`(${at} AT TIME ZONE 'Asia/Shanghai')`
  const time = Prisma.sql`(${local} - date_trunc('day', ${local}))`
  return Prisma.sql`(CASE
    WHEN NOT day.works THEN day.following::timestamp + interval '1 day'
    WHEN ${time} = interval '0' THEN day.day::timestamp + interval '1 day'
    ELSE day.following::timestamp + ${time} END AT TIME ZONE 'Asia/Shanghai')`
}
