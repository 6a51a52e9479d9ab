/**
 * People see Asia/Shanghai, which is UTC+8 all year (no summer time since 1991): an offset is enough, and it reads the
 * same in every webview, with or without its own time zone data. Nothing here asks for the time: `now` is passed in.
 */
const OFFSET = 8 * 3_600_000
const DAY = 86_400_000
const WEEK = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']

type When = Date | string | number

/** 「11月27日 周五」; with the year when it isn't this one. Takes `2026-11-27` or an instant. */
export function formatDay(day: When, now: When): string {
  const d = local(day)
  const year = d.getUTCFullYear() === local(now).getUTCFullYear() ? '' : `${d.getUTCFullYear()}年`
  return `${year}${d.getUTCMonth() + 1}月${d.getUTCDate()}日 ${WEEK[d.getUTCDay()]}`
}

/** 「11月27日」, for places too narrow for the weekday. */
export function formatDayShort(day: When, now: When): string {
  return formatDay(day, now).slice(0, -3)
}

/** The calendar day in Shanghai, ISO: 「2026-11-27」. */
export function shanghaiDay(at: When): string {
  const number = dayNumber(at)
  const known = days.get(number)
  if (known) return known
  const day = local(at).toISOString().slice(0, 10)
  if (days.size >= MOST_DAYS) days.clear()
  days.set(number, day)
  return day
}
/** Reminders ask for the same few days many thousand times. */
const days = new Map<number, string>()
const MOST_DAYS = 1_000

/** 「14:20」. */
export function formatClock(at: When): string {
  const d = local(at)
  return `${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}`
}

/** 「刚刚」「3 分钟前」「14:20」「昨天 14:20」「周三 14:20」「11月3日 14:20」: how a chat says when something was. */
export function formatSince(at: When, now: When): string {
  const minutes = Math.floor((instant(now) - instant(at)) / 60_000)
  const days = dayNumber(now) - dayNumber(at)
  if (minutes < 1 && minutes > -2) return '刚刚'
  if (minutes > 0 && minutes < 60) return `${minutes} 分钟前`
  if (days === 0) return formatClock(at)
  if (days === 1) return `昨天 ${formatClock(at)}`
  if (days > 1 && days < 7) return `${WEEK[local(at).getUTCDay()]} ${formatClock(at)}`
  return `${formatDayShort(at, now)} ${formatClock(at)}`
}

/** 「不到 1 分钟」「12 分钟」「3 小时 20 分」「2 天 3 小时」. */
export function formatDuration(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return '不到 1 分钟'
  if (minutes < 60) return `${minutes} 分钟`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 ? `${hours} 小时 ${minutes % 60} 分` : `${hours} 小时`
  return hours % 24 ? `${Math.floor(hours / 24)} 天 ${hours % 24} 小时` : `${Math.floor(hours / 24)} 天`
}

/** Is it a calendar day as slots carry it: `2026-11-27`? */
export function isIsoDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}

function instant(at: When): number {
  // A bare day is that day in Shanghai, not in Greenwich.
  if (typeof at === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(at)) return Date.parse(`${at}T00:00:00+08:00`)
  return at instanceof Date ? at.getTime() : typeof at === 'number' ? at : Date.parse(at)
}

/** A date whose UTC fields read as the clock on a wall in Shanghai. */
function local(at: When): Date {
  return new Date(instant(at) + OFFSET)
}

function dayNumber(at: When): number {
  return Math.floor((instant(at) + OFFSET) / DAY)
}

function pad(n: number): string {
  return n.toString().padStart(2, '0')
}
