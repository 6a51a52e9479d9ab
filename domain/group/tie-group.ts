import { Refused } from '../../lib/errors.js'
import { record } from '../audit/record.js'
import { assertCustomer } from '../customer/open-chat.js'
import { proposeCustomer } from '../first-contact/propose-customer.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { groupVisibleTo } from './group-visible-to.js'

/** 这个群是这家客户的. Said once; the same again is fine, another customer only after it was untied. */
export async function tieGroup(work: Work, actor: Actor, { id, customerId }: { id: string; customerId: string }): Promise<void> {
  const group = await lockGroup(work, actor, id)
  if (group.customerId === customerId) return
  if (group.customerId) throw new Refused('group-tied', '这个群已经关联了另一家客户，请先解除', 409)
  await assertCustomer(work.tx, actor, customerId)
  await work.tx.group.update({ where: { id }, data: { customerId, tiedById: actor.personId, tiedAt: work.now } })
  await record(work, { actor: actor.personId, verb: 'group-tied', subject: `group:${id}`, content: { customerId } })
  // Who sits in it and has no company yet seems to belong to this one.
  const members = await work.tx.groupMember.findMany({
    where: { groupId: id, leftAt: null, contact: { customerId: null, mergedIntoId: null } },
    select: { contactId: true },
    orderBy: { contactId: 'asc' },
  })
  for (const { contactId } of members) if (contactId) await proposeCustomer(work, contactId)
  work.touched.add(`group:${id}`)
}

/** Takes it back. What was captured in the group meanwhile stays where it is. */
export async function untieGroup(work: Work, actor: Actor, id: string): Promise<void> {
  const group = await lockGroup(work, actor, id)
  if (!group.customerId) return
  await work.tx.group.update({ where: { id }, data: { customerId: null, tiedById: null, tiedAt: null } })
  const content = { customerId: group.customerId }
  await record(work, { actor: actor.personId, verb: 'group-untied', subject: `group:${id}`, content })
  work.touched.add(`group:${id}`)
}

async function lockGroup(work: Work, actor: Actor, id: string): Promise<{ customerId: string | null }> {
  await work.tx.$executeRaw`SELECT 1 FROM customer_group WHERE id = ${id}::uuid FOR NO KEY UPDATE`
  const group = await work.tx.group.findFirst({ where: { AND: [{ id }, groupVisibleTo(actor)] }, select: { customerId: true } })
  if (!group) throw new Refused('unknown-group', '没有找到这个客户群，或者你不在群里', 404)
  return group
}
