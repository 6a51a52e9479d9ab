import { Refused } from '../../lib/errors.js'
import { newId } from '../../lib/ids.js'
import { record } from '../audit/record.js'
import { assertContact } from '../customer/open-chat.js'
import { getGroup } from '../group/get-group.js'
import type { Actor } from '../person/actor.js'
import { startReminder } from '../reminders/start-reminder.js'
import type { Work } from '../work.js'

const FARTHEST_MS = 400 * 24 * 3_600_000
/** A clock that runs a little ahead of ours, a slow tap: still meant as «now». */
const LATE_MS = 2 * 60_000

type Input = { contactId: string | null; groupId?: string | undefined; text: string; at: Date }

/** 提醒我: a note to self with a moment. Throws on a moment that is past or more than 400 days away. Returns its id. */
export async function createTask(work: Work, actor: Actor, { contactId, groupId, text, at }: Input): Promise<string> {
  if (at.getTime() < work.now.getTime() - LATE_MS) throw new Refused('past', '这个时间已经过去了，选一个以后的')
  if (at.getTime() > work.now.getTime() + FARTHEST_MS) throw new Refused('too-far', '最远能定到一年后')
  if (contactId) await assertContact(work, actor, contactId)
  const contact = contactId
    ? await work.tx.contact.findUniqueOrThrow({ where: { id: contactId }, select: { customerId: true } })
    : null
  const group = groupId ? await getGroup(work.tx, actor, { id: groupId }) : null
  const id = newId()
  await work.tx.task.create({
    data: { id, personId: actor.personId, contactId, groupId: group?.id ?? null, text, at, createdAt: work.now },
  })
  await startReminder(work, {
    kind: 'personal',
    subject: `task:${id}`,
    personId: actor.personId,
    customerId: contact?.customerId ?? group?.customer?.id ?? null,
    at: work.now,
    targetAt: at,
  })
  await record(work, {
    actor: actor.personId,
    verb: 'task-create',
    subject: `task:${id}`,
    content: { contactId, groupId: group?.id ?? null, text, at },
  })
  if (contactId) work.touched.add(`chat:${contactId}`)
  if (group) work.touched.add(`group:${group.id}`)
  return id
}
