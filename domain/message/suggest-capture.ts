import type { ChangeType, Finding, Slot } from './message.contract.js'
import { isTakenBack, takesBack, wayBack } from './take-back.js'

type Heard = {
  id: string
  speaker: string
  text: string
  finding: Finding | null
  captured: boolean
  revoked: boolean
  label?: boolean | null
}
export type Suggestion = { messageIds: string[]; types: ChangeType[]; slots: Slot[]; score: number }

/**
 * What the capture sheet opens with: the customer's messages that ask for a change and were not captured yet, their types
 * and values together. A value said twice keeps its first «before» and its last «after». What one of ours called no
 * change is left out, what they called one counts. Words that take something back undo what was said before them, or else
 * what was captured last (`lastSlots`). With no change found, the newest message stands selected and the person chooses.
 */
export function suggestCapture(messages: Heard[], lastSlots: Slot[]): Suggestion {
  const open = messages.filter((message) => !message.captured && !message.revoked && message.label !== false)
  const changing = open.filter((message) => message.finding?.change || message.label === true)
  if (changing.length === 0) {
    const newest = open.filter((message) => message.speaker === 'customer').at(-1)
    return { messageIds: newest ? [newest.id] : [], types: [], slots: [], score: 0 }
  }
  const { types, slots } = gather(changing, lastSlots)
  return {
    messageIds: changing.map((message) => message.id),
    types: [...new Set(types)],
    slots: slots.filter((slot) => slot.before !== slot.after),
    score: Math.max(...changing.map((message) => message.finding?.score ?? 0)),
  }
}

/** What the messages come to together, in the order in which they were said. */
function gather(changing: Heard[], lastSlots: Slot[]): { types: ChangeType[]; slots: Slot[] } {
  const slots = new Map<string, Slot>()
  let types: ChangeType[] = []
  for (const message of changing) {
    if (takesBack(message)) {
      const said = [...slots].filter(([, slot]) => isTakenBack(message, slot))
      const old = types.length === 0 ? wayBack(lastSlots).filter((slot) => isTakenBack(message, slot)) : []
      for (const [key] of said) slots.delete(key)
      for (const slot of old) slots.set(keyOf(slot), slot)
      // Said and taken back before anybody captured it: of that nothing is left.
      if (said.length > 0 && slots.size === 0) types = []
    }
    for (const slot of message.finding?.slots ?? [])
      slots.set(keyOf(slot), { ...slot, before: slots.get(keyOf(slot))?.before ?? slot.before })
    types.push(...(message.finding?.types ?? []))
  }
  return { types, slots: [...slots.values()] }
}

const keyOf = ({ field, item }: Slot): string => `${field}|${item ?? ''}`
