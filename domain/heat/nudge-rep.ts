import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { keepHeatAct } from './keep-act.js'
import { tellRep } from './tell-rep.js'

export const nudgeKey = (opportunityId: string) => `nudge-rep:${opportunityId}`

/** 催一下: the rep is told by whom, once a lead, however many managers tap. False: it was done before. */
export async function nudgeRep(work: Work, actor: Actor, opportunityId: string): Promise<boolean> {
  const done = await keepHeatAct(work, actor, { opportunityId, act: 'nudge-rep' })
  if (!done) return false
  const text = `${actor.name}催一下：「${done.customer}」过了 72 小时还没报价。报过了就点提醒卡片上的「已另行报价」。`
  await tellRep(work, { personId: done.personId, key: nudgeKey(opportunityId), text })
  return true
}
