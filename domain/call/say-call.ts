/** How a call went: 「接通 1分5秒」「没接」「空号」. A call that began on our page and of which nobody said anything is 「打了」. */
export function sayCall({ outcome, seconds }: { outcome: string | null; seconds: number | null }): string {
  if (outcome === 'empty') return '空号'
  if (outcome === 'missed') return '没接'
  if (outcome !== 'connected') return '还没记结果'
  return seconds ? `接通 ${sayLength(seconds)}` : '接通'
}

/** 「1分5秒」「2小时3分」 */
export function sayLength(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60), seconds % 60]
  if (hours > 0) return `${hours}小时${minutes ? `${minutes}分` : ''}`
  return `${minutes ? `${minutes}分` : ''}${rest || !minutes ? `${rest}秒` : ''}`
}
