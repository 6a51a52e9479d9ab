import { settleReminder } from '../reminders/settle-reminder.js'
import type { Work } from '../work.js'
import { findOpenLead } from './find-open-lead.js'
import { holdLeads } from './hold-leads.js'
import { KIND, subjectOf } from './quote-clock.js'

/** How a lead came by its first price: a quote of ours, or 系统外报价. */
export type QuotedHow = 'quote' | 'outside'

type Quoted = {
  customerId: string
  contactId?: string | null
  /** Null: not known; the customer's own that waits. */
  opportunityId: string | null
  how: QuotedHow
  /** When the customer was given it. */
  at: Date
}

/** A price was given: the first one ends the 72 hours of its lead, later ones change nothing. Returns that lead, null: none waits. */
export async function noteQuoted(work: Work, quoted: Quoted): Promise<string | null> {
  const { customerId, contactId = null, how, at } = quoted
  const id = (await findStanding(work, quoted.opportunityId)) ?? (await findWaiting(work, { customerId, contactId }))
  if (id === null) return null
  const { count } = await work.tx.opportunity.updateMany({
    where: { id, undoneAt: null, quotedAt: null },
    data: { quotedAt: at, quotedHow: how },
  })
  if (count === 0) return null
  await settleReminder(work, { kind: KIND, subject: subjectOf(id), by: how })
  work.touched.add(`customer:${customerId}`)
  if (contactId) work.touched.add(`chat:${contactId}`)
  return id
}

/** The named one, unless it was taken back: a draft may be older than that. */
async function findStanding(work: Work, id: string | null): Promise<string | null> {
  if (id === null) return null
  return (await work.tx.opportunity.count({ where: { id, undoneAt: null } })) > 0 ? id : null
}

async function findWaiting(work: Work, whose: { customerId: string; contactId: string | null }): Promise<string | null> {
  await holdLeads(work, whose.customerId)
  return findOpenLead(work.tx, { ...whose, before: work.now })
}
