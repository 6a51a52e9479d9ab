import { settleReminder } from '../reminders/settle-reminder.js'
import type { Work } from '../work.js'
import { findOpenLead } from './find-open-lead.js'
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
  const id = quoted.opportunityId ?? (await findOpenLead(work.tx, { customerId, contactId, before: work.now }))
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
