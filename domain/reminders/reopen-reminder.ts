import type { Actor } from '../person/actor.js'
import { openTodo } from '../todo/follow-todos.js'
import type { Work } from '../work.js'
import { keepAct, openReminder } from './acts/open-reminder.js'
import { dueAt } from './due-at.js'
import { findPolicy } from './policy.js'

/**
 * It was not settled after all: the ladder stands where it stood. What it had still to say is due as before; what it had said
 * is not said again. Returns false when it is open, or was never there.
 */
export async function reopenReminder(work: Work, actor: Actor, { kind, subject }: { kind: string; subject: string }) {
  // Locked: two undos are one after the other, and only one of them finds it settled.
  const [last] = await work.tx.$queryRaw<{ id: string; state: string }[]>`
    SELECT id, state::text FROM reminder WHERE kind = ${kind} AND subject = ${subject} ORDER BY id DESC LIMIT 1 FOR UPDATE`
  if (last?.state !== 'settled') return false
  const reminder = await work.tx.reminder.findUniqueOrThrow({ where: { id: last.id } })
  const policy = await findPolicy(work.tx)
  const due = dueAt(policy.ladderOf(kind), reminder.level, reminder, policy.calm)
  await work.tx.reminder.update({
    where: { id: last.id },
    data: { state: 'open', settledAt: null, settledBy: null, dueAt: due },
  })
  if (due) work.wake.push(due)
  await openTodo(work, { kind, subject, personId: reminder.personId })
  const opened = await openReminder(work, actor, last.id)
  if (opened) await keepAct(work, actor, opened, { act: 'reopen' })
  return true
}
