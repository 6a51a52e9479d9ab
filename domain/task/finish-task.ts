import type { Actor } from '../person/actor.js'
import { sayHandled } from '../reminders/acts/say-handled.js'
import { reopenReminder } from '../reminders/reopen-reminder.js'
import type { Work } from '../work.js'
import { getTask } from './find-task.js'

/** 办完了: the same as on the card. Returns false when it was done before. */
export async function finishTask(work: Work, actor: Actor, id: string): Promise<boolean> {
  await getTask(work.tx, actor, id)
  const open = await work.tx.reminder.findFirst({
    where: { kind: 'personal', subject: `task:${id}`, state: 'open' },
    select: { id: true },
  })
  return open ? sayHandled(work, actor, { subjectId: open.id, note: null }) : false
}

/** Not done after all: it stands as before, and rings at its moment if that is still to come. */
export async function undoTask(work: Work, actor: Actor, id: string): Promise<boolean> {
  const task = await getTask(work.tx, actor, id)
  if (!task.doneAt) return false
  await work.tx.task.update({ where: { id }, data: { doneAt: null } })
  return reopenReminder(work, actor, { kind: 'personal', subject: `task:${id}` })
}
