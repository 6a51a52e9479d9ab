const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** 「还有 12 天」「还有 5 小时 20 分」「还有 3 分钟」「已到期」, as a page counts down. */
export function formatTimeLeft(ms: number): string {
  if (ms <= 0) return '已到期'
  if (ms < HOUR) return `还有 ${Math.ceil(ms / MINUTE)} 分钟`
  if (ms < DAY) return `还有 ${Math.floor(ms / HOUR)} 小时 ${Math.floor((ms % HOUR) / MINUTE)} 分`
  return `还有 ${Math.floor(ms / DAY)} 天`
}

/** So little is left that it should be said in another colour. */
export const isSoonOver = (ms: number): boolean => ms < 3 * DAY
