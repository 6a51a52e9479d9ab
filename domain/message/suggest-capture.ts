import type { ChangeType, Finding, Slot } from './message.contract.js'

type Heard = { id: string; speaker: string; finding: Finding | null; captured: boolean; revoked: boolean; label?: boolean | null }
export type Suggestion = { messageIds: string[]; types: ChangeType[]; slots: Slot[]; score: number }

/**
 * What the capture sheet opens with: the customer's messages that ask for a change and were not captured yet, their types
 * and values together. A value said twice keeps its first «before» and its last «after». What one of ours called no
 * change is left out, what they called one counts. With no change found, the newest message stands selected and the person chooses.
 */
export function suggestCapture(messages: Heard[]): Suggestion {
  const open = messages.filter((message) => !message.captured && !message.revoked && message.label !== false)
  const changing = open.filter((message) => message.finding?.change || message.label === true)
  if (changing.length === 0) {
    const newest = open.filter((message) => message.speaker === 'customer').at(-1)
    return { messageIds: newest ? [newest.id] : [], types: [], slots: [], score: 0 }
  }
  const slots = new Map<string, Slot>()
  for (const slot of changing.flatMap((message) => message.finding?.slots ?? [])) {
    const key = `${slot.field}|${slot.item ?? ''}`
    slots.set(key, { ...slot, before: slots.get(key)?.before ?? slot.before })
  }
  return {
    messageIds: changing.map((message) => message.id),
    types: [...new Set(changing.flatMap((message) => message.finding?.types ?? []))],
    slots: [...slots.values()].filter((slot) => slot.before !== slot.after),
    score: Math.max(...changing.map((message) => message.finding?.score ?? 0)),
  }
}
