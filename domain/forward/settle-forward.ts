import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'

/** Somebody said whose words these are, or that they are nobody's: nothing is waited for any more. */
export async function settleForward(work: Work, actor: Actor, id: string): Promise<void> {
  await work.tx.forward.updateMany({ where: { id, personId: actor.personId, usedAt: null }, data: { usedAt: work.now } })
}
