/** How long something took: 「1分5秒」「2小时3分」. Whole seconds, 0 and more. */
export function formatLength(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60), seconds % 60]
  if (hours > 0) return `${hours}小时${minutes ? `${minutes}分` : ''}`
  return `${minutes ? `${minutes}分` : ''}${rest || !minutes ? `${rest}秒` : ''}`
}
