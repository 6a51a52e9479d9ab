import { formatClock, formatDay, shanghaiDay } from './dates.js'

const DAY = 86_400_000
const WEEK = 7

/** 「今天 16:00」「明天 10:00」「周三 10:00」「12月3日 周四 10:00」: how people say when something will be. */
export function formatSoon(at: Date | string | number, now: Date | string | number): string {
  const days = Math.round((Date.parse(shanghaiDay(at)) - Date.parse(shanghaiDay(now))) / DAY)
  const clock = formatClock(at)
  if (days === 0) return `今天 ${clock}`
  if (days === 1) return `明天 ${clock}`
  const day = formatDay(at, now)
  return days > 1 && days < WEEK ? `${day.slice(-2)} ${clock}` : `${day} ${clock}`
}
