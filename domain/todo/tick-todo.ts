import { getActor } from '../person/actor.js'
import { finishTask } from '../task/finish-task.js'
import type { Work } from '../work.js'

/**
 * Somebody ticked it off in the platform's own list. A note to self is done with that. A question is not: what was decided is
 * not said by a tick, so its card and its page go on asking, and only the list is rid of it.
 */
export async function tickTodo(work: Work, handle: string): Promise<void> {
  const todo = await work.tx.platformTodo.findFirst({ where: { handle, doneAt: null } })
  // Ours to tick off, and we did.
  if (!todo) return
  await work.tx.platformTodo.update({ where: { id: todo.id }, data: { doneAt: work.now, handle: null } })
  const [kind, id = ''] = todo.subject.split(':')
  if (kind === 'task') await finishTask(work, await getActor(work.tx, todo.personId), id)
}
