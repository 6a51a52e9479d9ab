import type { Slot } from '../../../domain/message/message.contract.js'
import { formatDay, formatDayShort, isIsoDay } from '../../../lib/format/dates.js'

export const FIELDS: Record<Slot['field'], string> = {
  quantity: '数量',
  delivery: '交期',
  price: '价格',
  budget: '预算',
  terms: '账期',
  item: '产品',
  spec: '规格',
  other: '其他',
}

/** 「数量」, or 「钢板 · 数量」 where several products are spoken of. */
export function slotLabel(slot: Slot, among: Slot[]): string {
  const items = new Set(among.map((one) => one.item).filter(Boolean))
  return slot.item && items.size > 1 ? `${slot.item} · ${FIELDS[slot.field]}` : FIELDS[slot.field]
}

/** What it was: dates short, because only the new one will be acted on. */
export function valueBefore(slot: Slot, now: number): string | null {
  return slot.before === null ? null : dayWords(slot.before, now, formatDayShort)
}

/** What it shall be: dates with their weekday, so that a wrong 「下周五」 is seen at once. */
export function valueAfter(slot: Slot, now: number): string | null {
  return slot.after === null ? null : dayWords(slot.after, now, formatDay)
}

/** A slot may carry `2026-11-27`, a range `2026-11-27/2026-12-01`, or words that are shown as they are. */
function dayWords(value: string, now: number, say: (day: string, now: number) => string): string {
  const days = value.split('/')
  return days.length <= 2 && days.every(isIsoDay) ? days.map((day) => say(day, now)).join(' 至 ') : value
}
