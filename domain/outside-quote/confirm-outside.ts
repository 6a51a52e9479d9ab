import { Refused } from '../../lib/errors.js'
import { newId } from '../../lib/ids.js'
import { record } from '../audit/record.js'
import { type Claimed, claimOpportunity, tellLead } from '../opportunity/claim-opportunity.js'
import { noteQuoted } from '../opportunity/note-quoted.js'
import { KIND, subjectOf } from '../opportunity/quote-clock.js'
import { type Actor, messageVisibleTo } from '../person/actor.js'
import { settleReminder } from '../reminders/settle-reminder.js'
import type { Work } from '../work.js'
import { earliestOf } from './earliest.js'

/** `messageId`: what was sent; null: only that it was, now. `totalFen`: what it came to, as far as somebody says. */
type Outside = { opportunityId: string; messageId: string | null; totalFen: bigint | null }

/**
 * 已另行报价: a price was given without a quote of ours. It ends the 72 hours and counts apart. False: a price stands already.
 * The moment that counts is when it was sent, as far as a message shows it.
 */
export async function confirmOutside(work: Work, actor: Actor, outside: Outside): Promise<boolean> {
  const lead = await claimOpportunity(work, actor, outside.opportunityId)
  if (lead.invalidAt) throw new Refused('invalid-lead', '这个商机已经说了无效，先撤销再说', 409)
  if (lead.quotedAt) return false
  const at = outside.messageId ? await findSaidAt(work, actor, lead, outside.messageId) : work.now
  const { id: opportunityId } = lead
  const { messageId, totalFen } = outside
  const said = { at, state: 'confirmed', byId: actor.personId, decidedAt: work.now }
  const known = messageId
    ? await work.tx.outsideQuote.findUnique({ where: { opportunityId_messageId: { opportunityId, messageId } } })
    : null
  const id = known?.id ?? newId()
  if (known) await work.tx.outsideQuote.update({ where: { id }, data: { ...said, totalFen: totalFen ?? known.totalFen } })
  else await work.tx.outsideQuote.create({ data: { id, opportunityId, messageId, totalFen, ...said } })
  const customerId = lead.customerId ?? lead.contact?.customerId
  if (customerId) await noteQuoted(work, { customerId, contactId: lead.contactId, opportunityId, how: 'outside', at })
  else {
    // A contact without a customer yet: the same, with nobody's story to touch.
    await work.tx.opportunity.update({ where: { id: opportunityId }, data: { quotedAt: at, quotedHow: 'outside' } })
    await settleReminder(work, { kind: KIND, subject: subjectOf(opportunityId), by: 'outside' })
  }
  const content = { messageId, totalFen: totalFen?.toString() ?? null, at: at.toISOString() }
  await record(work, { actor: actor.personId, verb: 'quote-outside', subject: `opportunity:${opportunityId}`, content })
  tellLead(work, lead)
  return true
}

/** Of this lead's contact or their company, said by one of ours, and this actor may read it. */
async function findSaidAt(work: Work, actor: Actor, lead: Claimed, messageId: string): Promise<Date> {
  const customerId = lead.customerId ?? lead.contact?.customerId ?? null
  const whose = [...(lead.contactId ? [{ contactId: lead.contactId }] : []), ...(customerId ? [{ contact: { customerId } }] : [])]
  const message = await work.tx.message.findFirst({
    where: {
      id: messageId,
      speaker: 'rep',
      revokedAt: null,
      saidAt: { gte: earliestOf(lead.createdAt) },
      AND: [{ OR: whose }, messageVisibleTo(actor)],
    },
    select: { saidAt: true },
  })
  if (!message) throw new Refused('unknown-message', '没有找到这条消息，或者它不是发给这位客户的', 404)
  return message.saidAt
}
