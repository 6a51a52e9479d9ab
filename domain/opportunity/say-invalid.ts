import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import { settleReminder } from '../reminders/settle-reminder.js'
import type { Work } from '../work.js'
import { claimOpportunity, tellLead } from './claim-opportunity.js'
import { KIND, subjectOf } from './quote-clock.js'
import { resumeQuoteClock } from './resume-quote-clock.js'

/** 无效: no lead at all. Its 72 hours end, and its share stands beside the ratio. Said twice is said once: false. */
export async function sayInvalid(work: Work, actor: Actor, { id, why }: { id: string; why: string | null }): Promise<boolean> {
  const lead = await claimOpportunity(work, actor, id)
  if (lead.invalidAt) return false
  const invalidWhy = why?.trim() || null
  await work.tx.opportunity.update({
    where: { id },
    data: { invalidAt: work.now, invalidWhy, invalidById: actor.personId },
  })
  await settleReminder(work, { kind: KIND, subject: subjectOf(id), by: actor.personId })
  await record(work, {
    actor: actor.personId,
    verb: 'opportunity-invalid',
    subject: `opportunity:${id}`,
    content: { why: invalidWhy },
  })
  tellLead(work, lead)
  return true
}

/** 撤销无效: it is a lead after all, and its 72 hours have run on meanwhile. */
export async function undoInvalid(work: Work, actor: Actor, { id }: { id: string }): Promise<boolean> {
  const lead = await claimOpportunity(work, actor, id)
  if (!lead.invalidAt) return false
  await work.tx.opportunity.update({ where: { id }, data: { invalidAt: null, invalidWhy: null, invalidById: null } })
  if (!lead.quotedAt) await resumeQuoteClock(work, id)
  await record(work, { actor: actor.personId, verb: 'opportunity-valid', subject: `opportunity:${id}`, content: {} })
  tellLead(work, lead)
  return true
}
