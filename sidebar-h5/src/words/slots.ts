import type { Slot } from '../../../domain/message/message.contract.js'
import { formatDay, isIsoDay } from '../../../lib/format/dates.js'
import { slotLabel, slotValue } from '../../../lib/format/slots.js'

/** The fields that a rep may add by hand, the frequent ones first. */
export const FIELDS: Slot['field'][] = ['quantity', 'delivery', 'price', 'budget', 'terms', 'item', 'spec', 'other']

/** 「数量」, or 「钢板 · 数量」 where several products are spoken of. */
export function labelAmong(slot: Slot, all: Slot[]): string {
  const items = new Set(all.map((one) => one.item).filter(Boolean))
  return slot.item && items.size > 1 ? `${slot.item} · ${slotLabel(slot.field)}` : slotLabel(slot.field)
}

export function valueBefore(slot: Slot, now: number): string | null {
  return slot.before === null ? null : slotValue(slot.field, slot.before, now)
}

/** What it shall be: a day with its weekday, so that a wrong 「下周五」 is seen at once. */
export function valueAfter(slot: Slot, now: number): string | null {
  if (slot.after === null) return null
  return slot.field === 'delivery' && isIsoDay(slot.after) ? formatDay(slot.after, now) : slotValue(slot.field, slot.after, now)
}

/** What a new need asks for, in a line: 「六角螺栓 200 箱，11月27日 周五」; failing that, the customer's own words. */
export function needWords(slots: Slot[], text: string, now: number): string {
  const parts = slots.map((slot) =>
    [slot.field === 'quantity' ? slot.item : null, valueAfter(slot, now)].filter(Boolean).join(' '),
  )
  const words = parts.join('，') || text.replace(/\s+/g, ' ').trim()
  return words.length > 30 ? `${words.slice(0, 29)}…` : words
}
