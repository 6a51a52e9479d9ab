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

/** The same of the company's directory. */
export function directoryLine(
  { lastAt, waiting, people, teams }: PlatformView['directory'],
  now: Date | string | number,
): string {
  if (waiting > 0) return '正在更新'
  const known = teams > 0 ? `${people} 位同事，${teams} 个部门` : `${people} 位同事`
  return lastAt ? `${known}，${formatSince(lastAt, now)}核对` : `${known}，还没有对过通讯录`
}
