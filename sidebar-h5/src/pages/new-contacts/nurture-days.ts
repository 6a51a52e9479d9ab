import { shanghaiDay } from '../../../../lib/format/dates.js'

const DAY_MS = 86_400_000
const WEEK = 7

/** What people mean most often by 先养着, as ISO days, soonest first: it is about weeks, not about tomorrow. */
export function nurtureDays(now: number): { label: string; day: string }[] {
  const weekday = (new Date(`${shanghaiDay(now)}T00:00:00Z`).getUTCDay() + 6) % WEEK
  const monday = WEEK - weekday
  const days = [
    { label: '三天后', ahead: 3 },
    // On a Sunday 下周一 would be tomorrow.
    monday > 1 && monday !== WEEK ? { label: '下周一', ahead: monday } : { label: '一周后', ahead: WEEK },
    { label: '两周后', ahead: 2 * WEEK },
    { label: '一个月后', ahead: 30 },
  ]
  return days.sort((a, b) => a.ahead - b.ahead).map(({ label, ahead }) => ({ label, day: shanghaiDay(now + ahead * DAY_MS) }))
}
