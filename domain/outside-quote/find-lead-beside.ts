import type { Reader } from '../../lib/db.js'
import { openLead } from '../opportunity/find-open-lead.js'
import { deadlineOf } from '../opportunity/quote-clock.js'
import { type Actor, contactVisibleTo } from '../person/actor.js'
import { findCalm } from '../reminders/find-calm.js'
import type { LeadBeside } from './outside-quote.contract.js'

/** The lead of a contact that waits for a price, for whoever may decide about it. */
export async function findLeadBeside(db: Reader, actor: Actor, contactId: string): Promise<LeadBeside> {
  const above = actor.roles.some((role) => role === 'manager' || role === 'admin')
  const lead = await db.opportunity.findFirst({
    where: { ...openLead, contactId, contact: contactVisibleTo(actor), ...(above ? {} : { ownerId: actor.personId }) },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    include: { outside: { where: { state: 'proposed' }, orderBy: { at: 'desc' }, take: 1 } },
  })
  if (!lead) return { lead: null }
  const messageId = lead.outside[0]?.messageId ?? null
  const message = messageId
    ? await db.message.findFirst({ where: { id: messageId, revokedAt: null }, select: { text: true } })
    : null
  return {
    lead: {
      ...{ id: lead.id, title: lead.title },
      dueAt: deadlineOf(lead.createdAt, await findCalm(db)).toISOString(),
      proposed: message && messageId ? { messageId, text: message.text } : null,
    },
  }
}
