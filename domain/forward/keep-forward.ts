import { newId } from '../../lib/ids.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { oldestForward } from './find-forward.js'

/** Kept until somebody says whose words they are, or a week has gone. The same source makes one. Returns its id. */
export async function keepForward(
  work: Work,
  actor: Actor,
  { text, sourceKey }: { text: string; sourceKey: string },
): Promise<string> {
  const { personId } = actor
  // A customer's words are not kept for nothing.
  await work.tx.forward.deleteMany({ where: { personId, at: { lt: oldestForward(work.now) } } })
  await work.tx.forward.createMany({ data: { id: newId(), personId, text, sourceKey, at: work.now }, skipDuplicates: true })
  return (await work.tx.forward.findUniqueOrThrow({ where: { sourceKey }, select: { id: true } })).id
}
