import { Refused } from '../../lib/errors.js'
import { assertContact } from '../customer/open-chat.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'

/** Two contacts that this actor may see, and that are two. */
export async function assertPair(work: Pick<Work, 'tx'>, actor: Actor, { a, b }: { a: string; b: string }): Promise<void> {
  if (a === b) throw new Refused('same-contact', '这是同一位联系人')
  await assertContact(work, actor, a)
  await assertContact(work, actor, b)
  const merged = await work.tx.contact.count({ where: { id: { in: [a, b] }, mergedIntoId: { not: null } } })
  if (merged > 0) throw new Refused('merged-before', '他们已经合并过了，刷新看看', 409)
}
