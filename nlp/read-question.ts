import { readAmounts } from './entities/amount.js'
import { parseIso, toIso } from './entities/calendar.js'
import { readDates } from './entities/date.js'
import type { Deal, Item, Question, Turn } from './finding.js'
import { normalize } from './normalize.js'

type Loose = Record<string, unknown>

const isRecord = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value)
const words = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== ''
    ? value.trim()
    : typeof value === 'number' && Number.isFinite(value)
      ? String(value)
      : null

function readNumeric(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'string') return null
  const plain = Number(value.replaceAll(',', ''))
  if (value.trim() !== '' && Number.isFinite(plain)) return plain
  return readAmounts(normalize(value))[0]?.value ?? null
}

/** ISO stays; 「3月25日」 becomes ISO; other words stay words. */
function readDelivery(value: unknown, today: string): string | null {
  const said = words(value)
  if (said === null || parseIso(said) !== null) return said
  const day = parseIso(today)
  return (day === null ? undefined : readDates(normalize(said), day)[0]?.iso) ?? said
}

function readItem(value: unknown): Item[] {
  if (!isRecord(value)) return []
  const qty = typeof value.qty === 'string' ? Number.parseFloat(value.qty.replaceAll(',', '')) : readNumeric(value.qty)
  const spare = typeof value.qty === 'string' ? words(value.qty.replace(/^[\d.,\s]+/, '')) : null
  return [
    {
      name: words(value.name) ?? '',
      spec: words(value.spec),
      qty: qty !== null && Number.isFinite(qty) ? qty : null,
      unit: words(value.unit) ?? spare,
    },
  ]
}

export function readDeal(value: unknown, today: string): Deal | null {
  if (!isRecord(value)) return null
  return {
    items: Array.isArray(value.items) ? value.items.flatMap(readItem) : [],
    delivery: readDelivery(value.delivery, today),
    budget: readNumeric(value.budget),
    terms: words(value.terms),
  }
}

function readTurn(value: unknown): Turn[] {
  if (!isRecord(value) || typeof value.text !== 'string') return []
  return [{ speaker: value.speaker === 'customer' ? 'customer' : 'rep', text: value.text }]
}

/** A question as others write it. Throws with a sentence that says what is missing; bends where no meaning is lost. */
export function readQuestion(value: unknown): Question {
  if (!isRecord(value)) throw new Error('a line must be a JSON object')
  if (typeof value.text !== 'string') throw new Error('"text" must be a string')
  const day = typeof value.today === 'string' ? parseIso(value.today) : null
  if (day === null) throw new Error('"today" must be a date like 2026-03-12')
  const today = toIso(day)
  return {
    text: value.text,
    context: Array.isArray(value.context) ? value.context.flatMap(readTurn) : [],
    deal: readDeal(value.deal, today),
    today,
  }
}
