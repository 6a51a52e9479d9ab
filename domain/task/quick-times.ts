import { shanghaiDay } from '../../lib/format/dates.js'
import { atMinute, isWorkingDay, minutesOf, nextWorkingMorning } from '../../lib/working-days.js'
import type { Calm } from '../reminders/calm.contract.js'
import { calendarOf } from '../reminders/calm.js'
import type { QuickTime } from './task.contract.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** 下班前 leaves time to do it. */
const BEFORE_LEAVING_MS = HOUR_MS / 2
/** Not on the hour, when everybody's do. */
const MORNING_MINUTES = 37

/** What people mean most often, by the organisation's own week; none that is past or says the same moment twice. */
export function quickTimesFor(now: Date, calm: Calm): QuickTime[] {
  const { week, hours } = calendarOf(calm)
  const today = shanghaiDay(now)
  const times: { label: string; at: Date }[] = [{ label: '1 小时后', at: new Date(now.getTime() + HOUR_MS) }]
  const leaving = new Date(atMinute(today, hours.to).getTime() - BEFORE_LEAVING_MS)
  if (isWorkingDay(today, week) && leaving > now) times.push({ label: '今天下班前', at: leaving })

  const morning = minutesOf(calm.morning) + MORNING_MINUTES
  const next = nextWorkingMorning(now, morning, week)
  const isTomorrow = shanghaiDay(next) === shanghaiDay(now.getTime() + DAY_MS)
  times.push({ label: isTomorrow ? '明早' : '下个工作日早上', at: next })

  const monday = firstOfNextWeek(today)
  // The first working day of the next week: a holiday may have taken its Monday.
  const first = nextWorkingMorning(new Date(monday.getTime() - DAY_MS), morning, week)
  const label = shanghaiDay(first) === shanghaiDay(monday) ? '下周一' : '下周第一天'
  if (first > next) times.push({ label, at: first })
  return times.map(({ label, at }) => ({ label, at: at.toISOString() }))
}

function firstOfNextWeek(day: string): Date {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  return new Date(atMinute(day, 0).getTime() + (7 - weekday) * DAY_MS)
}
