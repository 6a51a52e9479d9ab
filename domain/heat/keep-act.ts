import { Refused } from '../../lib/errors.js'
import { newId } from '../../lib/ids.js'
import { record } from '../audit/record.js'
import { claimOpportunity, tellLead } from '../opportunity/claim-opportunity.js'
import { KIND, subjectOf } from '../opportunity/quote-clock.js'
import type { Actor } from '../person/actor.js'
import { isAbove } from '../reminders/acts/is-above.js'
import { findPolicy } from '../reminders/policy.js'
import { tellBadges } from '../reminders/tell-badges.js'
import type { Work } from '../work.js'

type Deed = { opportunityId: string; act: 'call-lead' | 'nudge-rep' }

/**
 * What somebody above does about a lead without a price stands on its ladder and on the customer's timeline, once each. It answers
 * no card: the rep's buttons stay. Null: done before, or a price is there by now.
 */
export async function keepHeatAct(work: Work, actor: Actor, { opportunityId, act }: Deed) {
  const lead = await claimOpportunity(work, actor, opportunityId)
  if (!(await isAbove(work.tx, actor, lead.ownerId))) throw new Refused('not-yours', '这要由上级来做', 403)
  if (lead.invalidAt || lead.quotedAt) return null
  const reminder = await work.tx.reminder.findFirst({
    where: { kind: KIND, subject: subjectOf(opportunityId), state: 'open' },
    select: { id: true, round: true, personId: true, customer: { select: { name: true } } },
  })
  if (!reminder || (await work.tx.reminderAct.count({ where: { reminderId: reminder.id, act } })) > 0) return null
  // Past the last level: no card was said there.
  const level = (await findPolicy(work.tx)).ladderOf(KIND).levels.length
  const id = newId()
  const { id: reminderId, round, personId } = reminder
  await work.tx.reminderAct.create({
    data: { id, reminderId, level, round, personId: actor.personId, act, toId: personId, at: work.now },
  })
  const content = { about: subjectOf(opportunityId), toId: personId }
  await record(work, { actor: actor.personId, verb: `reminder-${act}`, subject: `reminder:${reminderId}`, content })
  work.touched.add(`reminder:${reminderId}`)
  tellLead(work, lead)
  await tellBadges(work, [personId, actor.personId])
  return { personId, customer: reminder.customer?.name ?? lead.title }
}
