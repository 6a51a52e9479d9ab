import type { Reader } from '../../lib/db.js'
import type { Effects } from '../outbox.js'
import type { Actor } from '../person/actor.js'
import { sayReason } from '../say-reason.js'
import { changeTags } from './change-tags.js'
import { ofThisRep } from './of-this-rep.js'
import type { FollowTag } from './profile.js'
import { tagsKey } from './set-tags.js'
import type { ContactTags } from './tags.contract.js'

/** No company of ours has so many; the platform's own limit is 10,000. */
const MOST = 2_000

type Ask = { contactId: string; last?: string | undefined }

/** The tags of a customer as this rep's own WeCom shows them, or will in a moment. `last`: the request whose end is asked about. */
export async function listTags(db: Reader, actor: Actor, { contactId, last }: Ask): Promise<ContactTags | null> {
  const pair = { contactId, personId: actor.personId }
  const follow = await db.follow.findFirst({ where: ofThisRep(pair), select: { tags: true } })
  if (!follow) return null
  const corp = await db.corpTag.findMany({ orderBy: [{ place: 'asc' }, { id: 'asc' }], take: MOST })
  const open = await db.outbox.findMany({
    where: { lane: `contact:${contactId}`, state: 'open', kind: 'set-tags' },
    orderBy: { id: 'asc' },
    select: { payload: true },
  })
  const mine = open.map((row) => row.payload as Effects['set-tags']).filter((one) => one.personId === actor.personId)
  const tags = mine.reduce((now, change) => changeTags(now, change, corp), follow.tags as FollowTag[])
  const groups = new Map<string, { id: string; name: string }[]>()
  for (const { id, name, groupName } of corp) groups.set(groupName, [...(groups.get(groupName) ?? []), { id, name }])
  return {
    tags: tags.flatMap((tag) => (tag.name ? [{ id: tag.type === 1 ? tag.id : null, name: tag.name }] : [])),
    groups: [...groups].map(([name, all]) => ({ name, tags: all })),
    moving: mine.length > 0,
    why: last ? await whyNot(db, last, actor) : null,
  }
}

/** An answer for whoever asked, and for nobody else. */
async function whyNot(db: Reader, requestId: string, actor: Actor): Promise<string | null> {
  const row = await db.outbox.findUnique({ where: { key: tagsKey(requestId) } })
  if (!row || (row.payload as Effects['set-tags']).personId !== actor.personId) return null
  const { why } = (row.receipt ?? {}) as { why?: string }
  if (row.state === 'done') return why ?? null
  return row.state === 'open' ? null : sayReason(row.reason ?? '') || '企业微信没有接受'
}
