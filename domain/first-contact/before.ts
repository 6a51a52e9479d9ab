import type { Prisma } from '../../lib/db.js'
import type { Suspended } from '../reminders/suspend-reminder.js'
import type { FirstContactState } from './first-contact.contract.js'

/** What an act does to a first contact. `woke`: 先养着 is over, nobody did anything. */
export type Deed = 'make-opportunity' | 'not-customer' | 'join' | 'nurture' | 'refuse' | 'woke'

/** What the row says of where it stands. */
export type Standing = {
  state: FirstContactState
  closedAt: Date | null
  closedById: string | null
  until: Date | null
  proposedCustomerId: string | null
  proposedWhy: string | null
  opportunityId: string | null
}

/** The rows that went to another customer with the contact. */
export type Carried = { fromId: string | null; requirements: string[]; reminders: string[]; opportunities: string[] }

/** What stood before the last act, so that its undo is exact; what stood before the act before it is inside. */
export type Before = {
  act: Deed
  standing: Omit<Standing, 'closedAt' | 'until'> & { closedAt: string | null; until: string | null }
  reminder: Suspended | null
  carried?: Carried
  before: Before | null
}

export const readBefore = (json: Prisma.JsonValue | null): Before | null => json as Before | null

export const standingOf = (row: Standing): Before['standing'] => ({
  ...{ state: row.state, closedById: row.closedById, proposedCustomerId: row.proposedCustomerId },
  ...{ proposedWhy: row.proposedWhy, opportunityId: row.opportunityId },
  closedAt: row.closedAt?.toISOString() ?? null,
  until: row.until?.toISOString() ?? null,
})

export const asStanding = ({ closedAt, until, ...rest }: Before['standing']): Standing => ({
  ...rest,
  closedAt: closedAt ? new Date(closedAt) : null,
  until: until ? new Date(until) : null,
})

/** Somebody said that they don't belong where we thought. */
export function isRefused(json: Prisma.JsonValue | null): boolean {
  for (let one = readBefore(json); one; one = one.before) if (one.act === 'refuse') return true
  return false
}
