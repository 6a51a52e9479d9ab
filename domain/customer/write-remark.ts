import { Refused } from '../../lib/errors.js'
import { sha256 } from '../../lib/ids.js'
import { record } from '../audit/record.js'
import { later } from '../outbox.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'

type Looked = { contactId: string; company: string | null; phoneIds: string[] }

/** What the rep looked at is written into their own remark, and nothing else. What stands there by then stays. */
export async function writeRemark(work: Work, actor: Actor, { contactId, company, phoneIds }: Looked): Promise<void> {
  const { personId } = actor
  const follow = await work.tx.follow.findFirst({
    where: { contactId, personId, endedAt: null, addWay: { not: null } },
    select: { contact: { select: { customer: { select: { name: true } } } } },
  })
  if (!follow) throw new Refused('not-followed', '这位客户不在你的企业微信里，不能写备注', 403)
  const phones = await work.tx.contactPhone.count({ where: { id: { in: phoneIds }, contactId } })
  const known = company === null || company === follow.contact.customer?.name
  if (phones !== new Set(phoneIds).size || !known) throw new Refused('changed-meanwhile', '资料刚刚变了，请刷新后再看一下', 409)
  if (!company && phones === 0) return
  const what = sha256(JSON.stringify([company, [...phoneIds].sort()])).slice(0, 16)
  await later(work, {
    kind: 'set-remark',
    key: `set-remark:${contactId}:${personId}:${what}:${work.now.getTime()}`,
    lane: `contact:${contactId}`,
    payload: { contactId, personId, company, phoneIds },
  })
  await record(work, {
    actor: personId,
    verb: 'remark-written',
    subject: `contact:${contactId}`,
    content: { company, phones: phoneIds.length },
  })
}
