import type { CallView } from '../../../../domain/call/call.contract.js'
import { formatLength } from '../../../../lib/format/length.js'

export const OUTCOMES = [
  { value: 'connected', label: '接通' },
  { value: 'missed', label: '没接' },
  { value: 'empty', label: '空号' },
] as const

/** Which way, and how it went: 「打出 · 接通 1分5秒」. */
export function callWords({ direction, outcome, seconds }: Pick<CallView, 'direction' | 'outcome' | 'seconds'>): string {
  const way = direction === 'in' ? '打进来' : '打出去'
  const went = OUTCOMES.find(({ value }) => value === outcome)?.label ?? '还没记结果'
  return `${way} · ${went}${outcome === 'connected' && seconds ? ` ${formatLength(seconds)}` : ''}`
}

/** Who was on the other side, as far as anybody knows. */
export const otherSide = ({ contact, phone }: Pick<CallView, 'contact' | 'phone'>): string =>
  contact ? [contact.name, contact.customer].filter(Boolean).join(' · ') : (phone ?? '没有显示号码')

/** Who tells of it. */
export const SOURCES: Record<CallView['source'], string> = {
  archive: '企业微信通话',
  dial: '公费电话',
  hook: '电话系统',
  csv: '导入的话单',
  page: '从这里拨出',
}
