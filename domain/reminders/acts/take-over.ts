import { Refused } from '../../../lib/errors.js'
import { endOfNextWorkingDay } from '../../../lib/working-time.js'
import type { Actor } from '../../person/actor.js'
import { followTodos, openTodo } from '../../todo/follow-todos.js'
import type { Work } from '../../work.js'
import { calendarOf } from '../calm.js'
import { isAbove } from './is-above.js'
import { moveTo } from './move-to.js'
import { keepAct, openReminder } from './open-reminder.js'

/** 我来接手: a manager makes it their own, and has until the end of the next working day before it rings with them. */
export async function takeOver(work: Work, actor: Actor, subjectId: string): Promise<boolean> {
  const opened = await openReminder(work, actor, subjectId)
  if (!opened || opened.reminder.personId === actor.personId) return false
  const { reminder, policy } = opened
  if (!(await isAbove(work.tx, actor, reminder.personId))) throw new Refused('not-yours', '要由上级来接手', 403)
  const round = reminder.round + 1
  await work.tx.reminder.update({
    where: { id: reminder.id },
    data: { personId: actor.personId, putOff: 0, ackedLevel: null, claimedById: null, claimedAt: null },
  })
  const dueAt = endOfNextWorkingDay(work.now, calendarOf(policy.calm))
  await moveTo(work, opened, { dueAt, level: 0, round, heldWhy: 'follow-up' })
  await followTodos(work, reminder)
  await openTodo(work, { kind: reminder.kind, subject: reminder.subject, personId: actor.personId })
  await keepAct(work, actor, opened, { act: 'take-over' })
  return true
}
