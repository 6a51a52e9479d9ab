import type { Slot } from '../../../../domain/message/message.contract.js'
import type { Terms } from '../../../../domain/requirement/requirement.contract.js'
import { formatMoneyShort } from '../../../../lib/format/money.js'

/** What the requirement says today about a field, as a person would write it; null when it says nothing of it. */
export function standsNow(terms: Terms | undefined, { field, item }: Pick<Slot, 'field' | 'item'>): string | null {
  if (!terms) return null
  const about = terms.items.find((one) => one.name === item) ?? (terms.items.length === 1 ? terms.items[0] : undefined)
  switch (field) {
    case 'quantity':
      return about?.qty == null ? null : `${about.qty} ${about.unit ?? ''}`.trim()
    case 'spec':
      return about?.spec ?? null
    case 'delivery':
      return terms.delivery
    case 'budget':
      return terms.budget === null ? null : formatMoneyShort(Math.round(terms.budget * 100))
    case 'terms':
      return terms.terms
    case 'item':
    case 'price':
    case 'other':
      return null
  }
}
