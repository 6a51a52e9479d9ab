import type { Deal, Item } from './finding.js'
import { findMentions, plainest } from './goods.js'

/** 「200 套」 */
export const formatQuantity = (qty: number, unit: string | null): string =>
  `${Number.isInteger(qty) ? qty : Math.round(qty * 1000) / 1000}${unit ? ` ${unit}` : ''}`

/** Yuan as a plain number: 「80000」, 「12.5」. */
export const formatMoney = (yuan: number): string => String(Math.round(yuan * 1e6) / 1e6)

/** The item of the deal that these words name, if they name one clearly. */
export function findItem(text: string, items: Item[]): Item | null {
  if (items.length === 0) return null
  const asked = FOUND.get(items) ?? new Map<string, Item | null>()
  FOUND.set(items, asked)
  const known = asked.get(text)
  if (known !== undefined) return known
  const found = plainest(findMentions(text, items))
  asked.set(text, found)
  return found
}

/** The same clause is asked about by several readers. */
const FOUND = new WeakMap<Item[], Map<string, Item | null>>()

export const emptyDeal: Deal = { items: [], delivery: null, budget: null, terms: null }
