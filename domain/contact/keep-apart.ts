import type { Prisma } from '../../lib/db.js'
import { newId } from '../../lib/ids.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { assertPair } from './assert-pair.js'
import { areApart } from './find-same-person.js'
import { lockContacts } from './lock-contact.js'

/** 不是同一个人: not offered again, and never joined by itself. Kept as a merge that was taken back before it began. */
export async function keepApart(work: Work, actor: Actor, { a, b }: { a: string; b: string }): Promise<void> {
  await lockContacts(work, [a, b])
  await assertPair(work, actor, { a, b })
  if (await areApart(work.tx, a, b)) return
  const moved = { why: 'person', rows: {}, follows: [], kept: [] } as Prisma.InputJsonObject
  await work.tx.contactMerge.create({
    data: { id: newId(), winnerId: a, loserId: b, byId: actor.personId, at: work.now, moved, undoneAt: work.now },
  })
  await record(work, { actor: actor.personId, verb: 'contact-keep-apart', subject: `contact:${a}`, content: { a, b } })
  for (const id of [a, b]) work.touched.add(`chat:${id}`)
}
