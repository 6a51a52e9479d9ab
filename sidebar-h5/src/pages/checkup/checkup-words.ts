import type { CheckupItem, RepBehaviour } from '../../../../domain/checkup/checkup.contract.js'

/** What a finding is called, and why somebody should care. */
export const ITEMS: Record<CheckupItem, { label: string; of: string; why: string }> = {
  'one-rep': { label: '只有一个人认识', of: '家客户', why: '他一走，这家就断了联系' },
  'no-company': { label: '不知道是哪家公司', of: '位联系人', why: '资料、备注里都没有公司' },
  'no-phone': { label: '没有电话', of: '位联系人', why: '微信一断就找不到人' },
  'two-reps': { label: '两个以上同事都加了', of: '位联系人', why: '可能撞单，也可能报了两个价' },
  'no-tag': { label: '从没打过标签', of: '位联系人', why: '不知道是谁、要什么' },
}

/** 「9 分钟」「1.5 小时」. */
export function minutesWords(minutes: number): string {
  if (minutes < 1) return '不到 1 分钟'
  if (minutes < 60) return `${Math.round(minutes)} 分钟`
  const hours = Math.round(minutes / 6) / 10
  return `${hours} 小时`
}

/** What has to be said beside somebody's numbers; null: nothing, they are whole. */
export function gapWords({ known, why }: RepBehaviour, span: { from: string; to: string }): string | null {
  if (why) return known ? `${shortDay(known.to)} 之后没有数据：${why}` : why
  if (!known) return '还没有取到数据'
  if (known.from > span.from) return `只有 ${shortDay(known.from)} 以来的数据`
  // Yesterday is counted up in the course of the morning.
  if (daysBetween(known.to, span.to) > 1) return `数据到 ${shortDay(known.to)}`
  return null
}

const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000

const shortDay = (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`
