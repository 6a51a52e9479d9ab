import { laneOf, later } from '../outbox.js'
import type { Actor } from '../person/actor.js'
import { afterQuiet } from '../reminders/calm.js'
import { findPolicy } from '../reminders/policy.js'
import type { Work } from '../work.js'
import { keepHeatAct } from './keep-act.js'

/**
 * 我来打: somebody above calls the customer themselves. It is written down and the rep is told, so that they don't call twice;
 * nothing is dialled for them. Once a lead. False: somebody said so before.
 */
export async function callLead(work: Work, actor: Actor, opportunityId: string): Promise<boolean> {
  const done = await keepHeatAct(work, actor, { opportunityId, act: 'call-lead' })
  if (!done) return false
  if (done.personId === actor.personId) return true
  const { calm } = await findPolicy(work.tx)
  await later(work, {
    kind: 'send-text',
    key: `call-lead:${opportunityId}`,
    lane: laneOf(done.personId),
    payload: { personId: done.personId, text: `${actor.name}会亲自打给「${done.customer}」，先别重复打，问问他怎么说。` },
    notBefore: afterQuiet(work.now, calm, done.personId),
  })
  return true
}
