import type { Slot } from '../message/message.contract.js'
import type { Terms } from './requirement.contract.js'

export type Step = { step: number; corrects: number | null; undone: boolean; slots: Slot[] }

export const noTerms: Terms = { items: [], delivery: null, budget: null, terms: null }

/**
 * What stands after a chain of changes. A correction takes the place of the step that it corrects, an undone step counts
 * for nothing, so an undo or a correction in the middle is exact whatever came after it.
 */
export function foldTerms(start: Terms, steps: Step[]): Terms {
  return living(steps).reduce((terms, step) => step.slots.reduce(applySlot, terms), start)
}

/** The steps that count, each at the place of the one it goes back to. */
export function living(steps: Step[]): Step[] {
  const valid = steps.filter((step) => !step.undone)
  const replaced = new Set(valid.map((step) => step.corrects))
  const root = (step: Step): number => {
    const before = valid.find((other) => other.step === step.corrects)
    return before ? root(before) : (step.corrects ?? step.step)
  }
  return valid.filter((step) => !replaced.has(step.step)).sort((a, b) => root(a) - root(b))
}

function applySlot(terms: Terms, slot: Slot): Terms {
  switch (slot.field) {
    case 'delivery':
      return { ...terms, delivery: slot.after }
    case 'budget':
      return { ...terms, budget: toNumber(slot.after) ?? terms.budget }
    case 'terms':
      return { ...terms, terms: slot.after }
    case 'quantity': {
      const [, qty, unit] = /^([\d.]+)\s*(.*)$/.exec(slot.after ?? '') ?? []
      return qty ? withItem(terms, slot.item, (item) => ({ ...item, qty: Number(qty), unit: unit || item.unit })) : terms
    }
    case 'spec':
      return withItem(terms, slot.item, (item) => ({ ...item, spec: slot.after }))
    case 'item':
      if (slot.after === null) return { ...terms, items: terms.items.filter((item) => item.name !== slot.before) }
      if (slot.before === null) return withItem(terms, slot.after, (item) => item)
      return withItem(terms, slot.before, (item) => ({ ...item, name: slot.after as string }))
    default:
      return terms // a price or anything else is on the chain; it is not one of the four terms
  }
}

type Item = Terms['items'][number]

/** Changes the item of that name; with no name given, the only one there is. A name that is new is added. */
function withItem(terms: Terms, name: string | null, change: (item: Item) => Item): Terms {
  const at = name === null ? (terms.items.length === 1 ? 0 : -1) : terms.items.findIndex((item) => item.name === name)
  if (at >= 0) return { ...terms, items: terms.items.map((item, i) => (i === at ? change(item) : item)) }
  if (name === null && terms.items.length > 1) return terms // which of them is for a person to say
  return { ...terms, items: [...terms.items, change({ name: name ?? '未注明品名', spec: null, qty: null, unit: null })] }
}

const toNumber = (text: string | null): number | null => (text !== null && /^\d+(\.\d+)?$/.test(text) ? Number(text) : null)
