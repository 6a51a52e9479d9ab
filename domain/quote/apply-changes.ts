import type { Reader } from '../../lib/db.js'
import type { Slot } from '../message/message.contract.js'
import { living } from '../requirement/fold-terms.js'
import { cut } from './cut.js'
import { deliveryWords, qtyOf } from './prefill.js'
import { type DraftLine, LONGEST_TERM, type QuoteDraft } from './quote.contract.js'

type Since = { requirementId: string; since: Date; now: Date }

/**
 * What the customer changed since a version was sent, written into the next one: a quantity where it is clear of which line, 交期
 * and 账期. The rest is for a person to read. A line whose price followed the books asks them again: another quantity, another step.
 */
export async function applyChanges(db: Reader, draft: QuoteDraft, { requirementId, since, now }: Since): Promise<QuoteDraft> {
  const changes = await db.requirementChange.findMany({ where: { requirementId }, orderBy: { step: 'asc' } })
  const steps = changes.map((row) => ({
    ...{ step: row.step, corrects: row.corrects, undone: row.undoneAt !== null, slots: row.slots as Slot[] },
    isNew: row.capturedAt > since,
  }))
  const standing = new Set(living(steps).map(({ step }) => step))
  const slots = steps.filter(({ step, isNew }) => isNew && standing.has(step)).flatMap((step) => step.slots)
  return slots.reduce((kept, slot) => applySlot(kept, slot, now), draft)
}

function applySlot(draft: QuoteDraft, slot: Slot, now: Date): QuoteDraft {
  if (slot.after === null) return draft
  const after = cut(slot.after, LONGEST_TERM)
  if (slot.field === 'delivery') return { ...draft, terms: { ...draft.terms, delivery: deliveryWords(after, now) } }
  if (slot.field === 'terms') return { ...draft, terms: { ...draft.terms, payment: after } }
  return slot.field === 'quantity' ? { ...draft, lines: withQty(draft.lines, slot) } : draft
}

function withQty(lines: DraftLine[], { item, after }: Slot): DraftLine[] {
  const [, number, unit] = /^([\d.]+)\s*(.*)$/.exec(after ?? '') ?? []
  const meant = lines.filter((line) => !line.gift && (item === null || isCalled(line, item)) && (!unit || unit === line.unit))
  const [only] = meant
  if (!only || meant.length > 1 || !number || !(Number(number) > 0)) return lines
  const price = only.followsBook ? '0' : only.price
  return lines.map((line) => (line.id === only.id ? { ...line, qty: qtyOf(Number(number)), price } : line))
}

const isCalled = ({ name, spec }: DraftLine, item: string) =>
  [name, spec, `${name}${spec ?? ''}`].some((words) => words && (words.includes(item) || item.includes(words)))
