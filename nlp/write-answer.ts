import type { Finding, Slot } from './finding.js'

/** A value as it leaves the program: 「300套」, yuan as a number, an ISO date, else the words. */
export type Written = { field: Slot['field']; item: string | null; before: string | number | null; after: string | number | null }

export type Answer = Pick<Finding, 'change' | 'score' | 'types'> & { slots: Written[]; signals: string[] }

/**
 * A finding as strangers read it. Inside, 「300 套」 keeps number and unit apart and money is a string of digits, so that a slot's two
 * sides have one shape; outside, quantities are written as people write them and money is a number. What is no plain amount stays
 * words: `-0.2` and `+5` move a price that nobody has told us, 九五折 is a share of it, `18-20` a stretch.
 */
export const writeAnswer = ({ change, score, types, slots, signals }: Finding): Answer => ({
  change,
  score,
  types,
  slots: slots.map(writeSlot),
  signals: signals.map(({ name }) => name),
})

const writeSlot = ({ field, item, before, after }: Slot): Written => ({
  field,
  item,
  before: writeValue(field, before),
  after: writeValue(field, after),
})

function writeValue(field: Slot['field'], value: string | null): string | number | null {
  if (value === null) return null
  if (field === 'quantity') return value.replace(/(?<=\d) (?=\D)/g, '')
  return (field === 'price' || field === 'budget') && /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : value
}
