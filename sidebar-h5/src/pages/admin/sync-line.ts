import type { PlatformView } from '../../../../domain/follow/sync.contract.js'
import { formatSince } from '../../../../lib/format/dates.js'

/** How it stands with everybody's customers, in a line. */
export function syncLine({ lastAt, waiting, members, contacts }: PlatformView['sync'], now: Date | string | number): string {
  if (!lastAt && waiting === 0) return '还没有同步过'
  const known = `${members} 位同事，${contacts} 位客户`
  if (waiting > 0) return contacts > 0 ? `正在同步，已有 ${contacts} 位客户` : '正在同步'
  return `${known}，${formatSince(lastAt ?? now, now)}核对`
}

/** How far the server's clock is off. */
export const skewLine = (seconds: number): string =>
  `本机时间与企业微信差 ${Math.abs(seconds)} 秒（本机${seconds > 0 ? '快' : '慢'}）`
