import { Refused } from '../../lib/errors.js'
import type { Finding } from '../message/message.contract.js'
import { type Actor, messageVisibleTo } from '../person/actor.js'
import type { Work } from '../work.js'
import { captureChange } from './capture-change.js'

/**
 * 记为新需求: what a customer orders anew opens a requirement of its own, with their words as evidence. Nothing that was
 * promised changes, so nobody is asked or told; it can be undone as any capture. Returns the id of its first step.
 */
export async function recordNeed(work: Work, actor: Actor, messageId: string): Promise<string> {
  // Two taps on two screens: the second waits here, and then finds it recorded.
  await work.tx.$queryRaw`SELECT 1 FROM message WHERE id = ${messageId}::uuid FOR UPDATE`
  const message = await work.tx.message.findFirst({
    where: { id: messageId, speaker: 'customer', revokedAt: null, AND: [messageVisibleTo(actor)] },
    select: { contactId: true, groupId: true, group: { select: { customerId: true } }, finding: true },
  })
  if (!message) throw new Refused('unknown-message', '没有找到这条消息', 404)
  const { need } = (message.finding ?? {}) as Partial<Finding>
  if (!need) throw new Refused('no-need', '这条消息里没有看出新单，要记就用「捕获需求变更」', 409)
  const recorded = await work.tx.requirementChange.findFirst({
    where: { contactId: message.contactId, undoneAt: null, evidence: { messages: { array_contains: [{ messageId }] } } },
    select: { id: true },
  })
  if (recorded) throw new Refused('recorded', '这条已经记过了', 409)
  const step = { messageIds: [messageId], types: [], slots: need.slots, note: null }
  const groupId = message.group?.customerId ? (message.groupId ?? undefined) : undefined
  return captureChange(work, actor, { ...step, contactId: message.contactId, groupId, requirementId: null })
}
