import type { Slot } from '../../../../domain/message/message.contract.js'
import type { Terms } from '../../../../domain/requirement/requirement.contract.js'

/** What the requirement says today about a field, written as slots are; null when it says nothing of it. */
export function standsNow(terms: Terms | undefined, { field, item }: Pick<Slot, 'field' | 'item'>): string | null {
  if (!terms) return null
  const about = terms.items.find((one) => one.name === item) ?? (terms.items.length === 1 ? terms.items[0] : undefined)
  switch (field) {
    case 'quantity':
      return about?.qty == null ? null : `${about.qty}${about.unit ?? ''}`
    case 'spec':
      return about?.spec ?? null
    case 'delivery':
      return terms.delivery
    case 'budget':
      return terms.budget === null ? null : String(terms.budget)
    case 'terms':
      return terms.terms
    case 'item':
    case 'price':
    case 'other':
      return null
  }
}
