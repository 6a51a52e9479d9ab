const zone = 'Asia/Shanghai'
const minute = 60_000
const day = 24 * 60 * minute

const parts = new Intl.DateTimeFormat('zh-CN', {
  timeZone: zone,
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

function read(at: number) {
  const found = Object.fromEntries(parts.formatToParts(at).map((part) => [part.type, part.value]))
  const { year = '', month = '', day = '', weekday = '', hour = '', minute = '' } = found
  return { year, month, day, weekday, time: `${hour}:${minute}` }
}

/** Days since the epoch on the Chinese calendar, which has had no summer time since 1991. */
const dayNumber = (at: number) => Math.floor((at + 8 * 60 * minute) / day)

/** 「18:40」 */
export const clockTime = (at: number) => read(at).time

/** 「11月21日 周六」 */
export function dateWords(at: number) {
  const { month, day, weekday } = read(at)
  return `${month}月${day}日 ${weekday}`
}

/** The grey line between bubbles, as WeCom writes it: 「18:40」「昨天 18:40」「周四 18:40」「11月3日 18:40」. */
export function separatorWords(at: number, now: number) {
  const { year, month, day, weekday, time } = read(at)
  const daysAgo = dayNumber(now) - dayNumber(at)
  if (daysAgo <= 0) return time
  if (daysAgo === 1) return `昨天 ${time}`
  if (daysAgo < 7) return `${weekday} ${time}`
  return year === read(now).year ? `${month}月${day}日 ${time}` : `${year}年${month}月${day}日 ${time}`
}

/** The short time in the list of conversations: 「18:40」「昨天」「周四」「11/3」. */
export function listWords(at: number, now: number) {
  const { year, month, day, weekday, time } = read(at)
  const daysAgo = dayNumber(now) - dayNumber(at)
  if (daysAgo <= 0) return time
  if (daysAgo === 1) return '昨天'
  if (daysAgo < 7) return weekday
  return year === read(now).year ? `${month}/${day}` : `${year}/${month}/${day}`
}

/** WeCom repeats the time only after five minutes of silence. */
export const needsSeparator = (at: number, before: number | undefined) => before === undefined || at - before > 5 * minute
