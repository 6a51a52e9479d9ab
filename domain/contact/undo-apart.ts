import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { assertPair } from './assert-pair.js'
import { lockContacts } from './lock-contact.js'

/** 不是同一个人 was said too soon: they may be offered again. Taken back twice is taken back. */
export async function undoApart(work: Work, actor: Actor, { a, b }: { a: string; b: string }): Promise<void> {
  await lockContacts(work, [a, b])
  await assertPair(work, actor, { a, b })
  const pairs = [
    { winnerId: a, loserId: b },
    { winnerId: b, loserId: a },
  ]
  const said = await work.tx.contactMerge.findMany({ where: { OR: pairs, undoneAt: { not: null }, byId: { not: null } } })
  // A merge that was undone lasted; what keepApart wrote was over as it began.
  const ids = said.filter(({ at, undoneAt }) => undoneAt?.getTime() === at.getTime()).map(({ id }) => id)
  if (ids.length === 0) return
  await work.tx.contactMerge.deleteMany({ where: { id: { in: ids } } })
  await record(work, { actor: actor.personId, verb: 'contact-keep-apart-undo', subject: `contact:${a}`, content: { a, b } })
  for (const id of [a, b]) work.touched.add(`chat:${id}`)
}
