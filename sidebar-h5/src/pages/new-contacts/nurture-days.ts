import { shanghaiDay } from '../../../../lib/format/dates.js'

const DAY_MS = 86_400_000
const WEEK = 7

/** What people mean most often by 先养着, as ISO days: it is about weeks, not about hours. */
export function nurtureDays(now: number): { label: string; day: string }[] {
  const weekday = (new Date(`${shanghaiDay(now)}T00:00:00Z`).getUTCDay() + 6) % WEEK
  const after = (days: number) => shanghaiDay(now + days * DAY_MS)
  return [
    { label: '三天后', day: after(3) },
    { label: '下周一', day: after(WEEK - weekday) },
    { label: '两周后', day: after(2 * WEEK) },
    { label: '一个月后', day: after(30) },
  ]
}
