import { Refused } from '../../../lib/errors.js'
import { isUuid } from '../../../lib/ids.js'
import type { Actor } from '../../person/actor.js'
import { followTodos, openTodo } from '../../todo/follow-todos.js'
import type { Work } from '../../work.js'
import { dueAt, nextOn } from '../due-at.js'
import { reminderKind } from '../find-kind.js'
import { aboutOf } from '../find-said.js'
import { moveTo } from './move-to.js'
import { keepAct, type Opened, openReminder } from './open-reminder.js'

type Give = { subjectId: string; toId: string; note: string | null }

/** 转给…: a colleague holds it now and hears of it at once; the ladder begins anew with them. */
export async function handOver(work: Work, actor: Actor, { subjectId, toId, note }: Give): Promise<boolean> {
  const opened = await openReminder(work, actor, subjectId)
  if (!opened) return false
  if (toId === opened.reminder.personId) throw new Refused('already-theirs', '这件事本来就在他手上')
  await giveTo(work, opened, toId)
  await keepAct(work, actor, opened, { act: 'hand-over', toId, note: note?.trim() || null })
  return true
}

/** Also what 退回 and a person's leaving do. */
export async function giveTo(work: Work, opened: Opened, toId: string): Promise<void> {
  const { reminder, policy, ladder } = opened
  const to = isUuid(toId) ? await work.tx.person.findUnique({ where: { id: toId }, select: { leftAt: true } }) : null
  if (!to || to.leftAt) throw new Refused('no-such-person', '没有这位同事', 404)
  await work.tx.reminder.update({
    where: { id: reminder.id },
    data: { personId: toId, putOff: 0, ackedLevel: null, claimedById: null, claimedAt: null, saidAt: work.now },
  })
  const isNew = toId !== reminder.personId
  await followTodos(work, reminder)
  await openTodo(work, { kind: reminder.kind, subject: reminder.subject, personId: toId })
  const told = isNew && (await reminderKind(reminder.kind).handed?.(work, { ...aboutOf(reminder), personId: toId }))
  // Said by a card of the kind's own: what comes next is the first level, after its wait from now.
  const rungs = { startedAt: reminder.startedAt, saidAt: work.now, targetAt: reminder.targetAt, personId: toId }
  const level = nextOn(ladder, 0)
  const due = told ? dueAt(ladder, level, rungs, policy.calm) : work.now
  await moveTo(work, opened, { dueAt: due, level, round: reminder.round + 1, heldWhy: null })
}
