import { formatLength } from '../../lib/format/length.js'

/** How a call went: 「接通 1分5秒」「没接」「空号」; of one that began on our page nobody may have said yet. */
export function sayCall({ outcome, seconds }: { outcome: string | null; seconds: number | null }): string {
  if (outcome === 'empty') return '空号'
  if (outcome === 'missed') return '没接'
  if (outcome !== 'connected') return '还没记结果'
  return seconds ? `接通 ${formatLength(seconds)}` : '接通'
}
