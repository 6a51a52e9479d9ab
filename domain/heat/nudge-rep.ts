import { laneOf, later } from '../outbox.js'
import type { Actor } from '../person/actor.js'
import { afterQuiet } from '../reminders/calm.js'
import { findPolicy } from '../reminders/policy.js'
import type { Work } from '../work.js'
import { keepHeatAct } from './keep-act.js'

export const nudgeKey = (opportunityId: string) => `nudge-rep:${opportunityId}`

/** 催一下: the rep is told by whom, once a lead, however many managers tap. Not in their quiet hours. False: it was done before. */
export async function nudgeRep(work: Work, actor: Actor, opportunityId: string): Promise<boolean> {
  const done = await keepHeatAct(work, actor, { opportunityId, act: 'nudge-rep' })
  if (!done) return false
  const { calm } = await findPolicy(work.tx)
  await later(work, {
    kind: 'send-text',
    key: nudgeKey(opportunityId),
    lane: laneOf(done.personId),
    payload: {
      personId: done.personId,
      text: `${actor.name}催一下：「${done.customer}」过了 72 小时还没报价。报过了就点提醒卡片上的「已另行报价」。`,
    },
    notBefore: afterQuiet(work.now, calm, done.personId),
  })
  return true
}
