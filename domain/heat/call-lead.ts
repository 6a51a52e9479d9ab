import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { keepHeatAct } from './keep-act.js'
import { tellRep } from './tell-rep.js'

/**
 * 我来打: somebody above calls the customer themselves. It is written down and the rep is told, so that they don't call twice;
 * nothing is dialled for them. Once a lead. False: somebody said so before.
 */
export async function callLead(work: Work, actor: Actor, opportunityId: string): Promise<boolean> {
  const done = await keepHeatAct(work, actor, { opportunityId, act: 'call-lead' })
  if (!done) return false
  const { personId, customer } = done
  const text = `${actor.name}会亲自打给「${customer}」，先别重复打，问问他怎么说。`
  if (personId !== actor.personId) await tellRep(work, { personId, key: `call-lead:${opportunityId}`, text })
  return true
}
