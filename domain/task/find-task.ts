import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import type { Actor } from '../person/actor.js'
import { afterQuiet } from '../reminders/calm.js'
import { findPolicy } from '../reminders/policy.js'
import type { TaskView } from './task.contract.js'

/** One's own: a note to self is nobody else's. */
export async function getTask(db: Reader, actor: Actor, id: string) {
  const task = await db.task.findFirst({ where: { id, personId: actor.personId } })
  if (!task) throw new Refused('no-such-task', '没有找到这条提醒', 404)
  return task
}

/** `now` is business time: what is past is said now. */
export async function viewTask(db: Reader, actor: Actor, id: string, now: Date): Promise<TaskView> {
  const task = await getTask(db, actor, id)
  const { calm } = await findPolicy(db)
  const sayAt = afterQuiet(task.at > now ? task.at : now, calm, task.personId)
  return { id, text: task.text, at: task.at.toISOString(), sayAt: sayAt.toISOString(), done: task.doneAt !== null }
}
