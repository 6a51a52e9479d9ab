import { dueAt } from '../reminders/due-at.js'
import { findPolicy } from '../reminders/policy.js'
import { redrawReminder } from '../reminders/settle-reminder.js'
import { openTodo } from '../todo/follow-todos.js'
import type { Work } from '../work.js'
import { KIND, subjectOf } from './quote-clock.js'

/**
 * What ended the 72 hours was taken back: they go on as if it had not been, the time between included. What had waited to be said
 * waits again. Nothing happens where they still run, or never ran.
 */
export async function resumeQuoteClock(work: Work, opportunityId: string): Promise<void> {
  const about = { kind: KIND, subject: subjectOf(opportunityId) }
  // Locked: two undos are one after the other.
  const [last] = await work.tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM reminder WHERE kind = ${about.kind} AND subject = ${about.subject} AND state = 'settled'
    ORDER BY id DESC LIMIT 1 FOR UPDATE`
  if (!last || (await work.tx.reminder.count({ where: { ...about, state: 'open' } })) > 0) return
  const reminder = await work.tx.reminder.findUniqueOrThrow({ where: { id: last.id } })
  const policy = await findPolicy(work.tx)
  const due = dueAt(policy.ladderOf(KIND), reminder.level, reminder, policy.calm)
  await work.tx.reminder.update({
    where: { id: last.id },
    data: { state: 'open', settledAt: null, settledBy: null, dueAt: due },
  })
  await work.tx.notice.updateMany({
    where: { reminderId: last.id, state: 'withdrawn', why: 'settled' },
    data: { state: 'waiting', why: 'digest' },
  })
  work.wake.push(work.now, ...(due ? [due] : []))
  await openTodo(work, { ...about, personId: reminder.personId })
  await redrawReminder(work, last.id)
}
