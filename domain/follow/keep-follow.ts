import type { Prisma } from '../../lib/db.js'
import { keepPhones, type SealedPhone } from '../contact/contact-phones.js'
import { noteTouch } from '../touch/note-touch.js'
import type { Work } from '../work.js'
import { addKey } from './add-key.js'
import type { FollowProfile, FollowTag } from './profile.js'

type Seen = {
  contactId: string
  personId: string
  organisation: string
  externalUserId: string
  follow: FollowProfile
  /** Who came together before this is history; null: all of it is. */
  edge: Date | null
  /** Tags are told whole, with their names. */
  whole: boolean
}

/** What the platform tells of one of ours and a customer, as it is now. Whoever came together unheard is a touch now. */
export async function keepFollow(work: Work, { contactId, personId, follow, whole, ...seen }: Seen): Promise<void> {
  const pair = { contactId, personId }
  const before = await work.tx.follow.findUnique({ where: { contactId_personId: pair } })
  const since = follow.since.getTime() > 0 ? follow.since : (before?.since ?? work.now)
  // Whom the customer deleted keeps them in their list.
  const isOver = before?.endedBy === 'customer' && before.endedAt != null && since <= before.endedAt
  const told = {
    since,
    confirmedAt: before?.confirmedAt ?? work.now,
    remark: follow.remark || null,
    remarkCompany: follow.company || null,
    tags: mergeTags(follow.tags, (before?.tags ?? []) as FollowTag[], whole) as Prisma.InputJsonValue,
    addWay: follow.addWay,
    state: follow.state || before?.state || null,
    ...(isOver ? {} : { endedAt: null, endedBy: null }),
  }
  await work.tx.follow.upsert({ where: { contactId_personId: pair }, create: { ...pair, ...told }, update: told })
  await keepRemarked(work, contactId, follow.phones)
  const { organisation, externalUserId, edge } = seen
  const key = addKey({ organisation, userid: follow.userid, externalUserId })
  // What was taken for history stays that, unless an event tells otherwise: a later edge says nothing of it.
  if ((await work.tx.touch.count({ where: { key } })) > 0) return
  await noteTouch(work, {
    key,
    ...pair,
    source: 'add',
    at: since,
    backfilled: !edge || since < edge,
    ...(told.state ? { channel: told.state } : {}),
  })
}

/** Whatever told of a number first: a rep wrote it down as this person's. */
async function keepRemarked(work: Work, contactId: string, phones: SealedPhone[]): Promise<void> {
  if (phones.length === 0) return
  await keepPhones(work, { contactId, phones, source: 'remark' })
  const hash = { in: phones.map((phone) => phone.hash) }
  await work.tx.contactPhone.updateMany({ where: { contactId, hash, source: { not: 'remark' } }, data: { source: 'remark' } })
}

/** A page of a list names the company's tags by their ids alone, and a member's own not at all. */
function mergeTags(told: FollowTag[], before: FollowTag[], whole: boolean): FollowTag[] {
  if (whole) return told
  const named = told.map((tag) => ({ ...tag, name: before.find((one) => one.id === tag.id)?.name ?? '' }))
  return [...named, ...before.filter((tag) => tag.type !== 1)]
}
