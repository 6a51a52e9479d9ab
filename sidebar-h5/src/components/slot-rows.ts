import type { Slot } from '../../../domain/message/message.contract.js'
import { isIsoDay } from '../../../lib/format/dates.js'

export type SlotRow = { key: string; slot: Slot }

let made = 0
export const newRowKey = () => `row${++made}`

/** A calendar for days; a line of text for everything else, also for 「下下周」 or a range, which no calendar can hold. */
export function wantsCalendar({ field, before, after }: Slot): boolean {
  return field === 'delivery' && [before, after].every((value) => !value || isIsoDay(value))
}

/** An emptied half is no value. A row that says no new value is left out, but for a product: that one may be dropped. */
export function filledSlots(rows: SlotRow[]): Slot[] {
  return rows
    .map(({ slot }) => ({ ...slot, before: slot.before?.trim() || null, after: slot.after?.trim() || null }))
    .filter((slot) => slot.after !== null || (slot.field === 'item' && slot.before !== null))
}
