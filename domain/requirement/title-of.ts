import type { CaptureInput } from './requirement.contract.js'

type Said = { speaker: string; text: string }

/** A new requirement is called by what is wanted; failing that, by the first of the customer's words. */
export function titleOf(input: Pick<CaptureInput, 'slots' | 'note'>, said: Said[]): string {
  const quantity = input.slots.find((slot) => slot.field === 'quantity' && slot.after)
  const item = input.slots.find((slot) => slot.item)?.item ?? input.slots.find((slot) => slot.field === 'item')?.after
  const named = [item, quantity?.after].filter(Boolean).join(' ')
  if (item && named) return cut(named)
  const words = said.find((one) => one.speaker === 'customer')?.text ?? said[0]?.text ?? input.note ?? ''
  return cut(words.replace(/\s+/g, ' ').trim()) || '新需求'
}

const cut = (text: string) => ([...text].length > 24 ? `${[...text].slice(0, 23).join('')}…` : text)
