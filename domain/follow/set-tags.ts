import { Refused } from '../../lib/errors.js'
import { record } from '../audit/record.js'
import { later } from '../outbox.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { ofThisRep } from './of-this-rep.js'

type Change = { contactId: string; add: string[]; remove: string[]; requestId: string }

/** Tags of the company's are put on this rep's own customer, or taken off. What the platform says to it stands under the request. */
export async function setTags(work: Work, actor: Actor, { contactId, add, remove, requestId }: Change): Promise<void> {
  const { personId } = actor
  const where = ofThisRep({ contactId, personId })
  if ((await work.tx.follow.count({ where })) === 0)
    throw new Refused('not-followed', '这位客户不在你的企业微信里，不能打标签', 403)
  const wanted = [...new Set([...add, ...remove])]
  if (wanted.length !== add.length + remove.length || wanted.length === 0) throw new Refused('bad-input', '请再点一次')
  const known = await work.tx.corpTag.findMany({ where: { id: { in: wanted } }, select: { id: true, name: true } })
  // What is no more can't be put on; taking it off again harms nobody.
  if (add.some((id) => known.every((tag) => tag.id !== id))) throw new Refused('tag-gone', '这个标签刚被删掉了，请换一个', 409)
  await later(work, {
    kind: 'set-tags',
    key: tagsKey(requestId),
    // In order with the profile that is read after it.
    lane: `contact:${contactId}`,
    payload: { contactId, personId, add, remove },
    priority: 1,
  })
  const named = (list: string[]) => list.map((id) => known.find((tag) => tag.id === id)?.name ?? id)
  await record(work, {
    actor: personId,
    verb: 'tags-set',
    subject: `contact:${contactId}`,
    content: { add: named(add), remove: named(remove) },
  })
  work.touched.add(`chat:${contactId}`)
}

export const tagsKey = (requestId: string) => `set-tags:${requestId}`
