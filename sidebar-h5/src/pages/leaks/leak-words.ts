import type { LeakReason, Tally } from '../../../../domain/leak/leak.contract.js'

export const SOURCES: Record<string, string> = {
  add: '加微信',
  'half-add': '客户主动加微信',
  chat: '聊天',
  call: '电话',
  dingtalk: '钉钉外部联系人',
  crm: '钉钉 CRM',
}

/** Why it leaked, and what a manager can do about it. */
export const REASONS: { reason: LeakReason; label: string; what: string }[] = [
  { reason: 'idle', label: '人在，没处理', what: '提醒后销售来用过，但没有建商机也没有说去向：当面问一声' },
  { reason: 'unreached', label: '没送到', what: '没有一个渠道证明送到了：看看他的提醒渠道' },
  { reason: 'late', label: '消息来晚', what: '我们知道时只剩不到 4 小时：检查回调和权限' },
]

/** 「12.5%」; a share of nothing is 「–」. Only nothing is 0%, and only all is 100%. */
export function percent(part: number, all: number): string {
  if (all === 0) return '–'
  const share = (part / all) * 100
  if (part > 0 && share < 0.1) return '不到 0.1%'
  const rounded = share >= 10 && Number.isInteger(share) ? String(share) : share.toFixed(1).replace(/\.0$/, '')
  return part < all && rounded === '100' ? '99.9%' : `${rounded}%`
}

/** As narrow as a cell: 「33%」. Something is never 0%, and not all never 100%. */
export function roundPercent(part: number, all: number): string {
  if (all === 0) return '–'
  if (part === 0 || part === all) return part === 0 ? '0%' : '100%'
  return `${Math.min(99, Math.max(1, Math.round((part / all) * 100)))}%`
}

export const rateOf = ({ leaked, all }: Pick<Tally, 'leaked' | 'all'>) => percent(leaked, all)

export function rateWords({ leaked, all }: Pick<Tally, 'leaked' | 'all'>): string {
  if (all === 0) return '还没有满 24 小时的新客户'
  if (leaked === 0) return `${all} 位新客户，24 小时内都有了着落`
  return `${all} 位新客户里，${leaked} 位过了 24 小时没有商机，也没说去向`
}

/** Its Monday, as narrow as a column needs it: 「11.23」. */
export function weekLabel(monday: string): string {
  return `${Number(monday.slice(5, 7))}.${Number(monday.slice(8))}`
}
