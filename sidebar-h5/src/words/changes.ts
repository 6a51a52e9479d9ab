import type { ChangeType } from '../../../domain/message/message.contract.js'
import type { ChangeView } from '../../../domain/requirement/requirement.contract.js'
import { formatSince } from '../../../lib/format/dates.js'
import type { Tone } from './asks.js'

/** The three that a rep meets daily, then the rest: the order on the sheet. */
export const TYPES: { type: ChangeType; hint: string }[] = [
  { type: '功能增减', hint: '数量、规格、加减东西' },
  { type: '交付时间调整', hint: '提前、推后、分批' },
  { type: '预算范围变动', hint: '价格、预算、账期' },
  { type: '其他', hint: '地址、包装、资料' },
  { type: '撤回', hint: '客户收回之前说的' },
]

/** How a change stands, in words and without numbers to decode. */
export function changeState(change: ChangeView, now: number): { words: string; tone: Tone } {
  if (change.state === 'undone') return { words: '已撤销', tone: 'plain' }
  if (change.replySentAt) return { words: `已回复客户 · ${formatSince(change.replySentAt, now)}`, tone: 'good' }
  if (change.state === 'pending') return { words: '刚捕获', tone: 'accent' }
  const waiting = change.asks.filter((ask) => !ask.verdict && !ask.closed)
  if (change.asks.some((ask) => ask.verdict === 'cannot')) return { words: '做不了，要和客户谈', tone: 'bad' }
  if (waiting.length === 0) return { words: change.asks.length ? '都答复了' : '已记下', tone: 'good' }
  const names = [...new Set(waiting.map((ask) => ask.person.name))]
  return {
    words: `等${names.length > 2 ? `${names.slice(0, 2).join('、')}等 ${names.length} 人` : names.join('、')}答复`,
    tone: 'accent',
  }
}

/** 「功能增减、交付时间调整」; where nothing was changed, a need begins. */
export function typesWords(types: ChangeType[]): string {
  return types.join('、') || '新需求'
}

/** Somebody has yet to answer, or the customer has yet to hear. */
export function isMoving(change: ChangeView): boolean {
  if (change.state === 'undone' || change.correctedBy !== null) return false
  const waiting = change.asks.some((ask) => !ask.verdict && !ask.closed)
  return change.state === 'pending' || waiting || (change.replyDraft !== null && !change.replySentAt)
}

/** 「3fa9 12cd」: enough of the fingerprint to compare by eye. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)} ${hash.slice(4, 8)}`
}
