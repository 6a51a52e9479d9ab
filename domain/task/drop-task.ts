import { Refused } from '../../lib/errors.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import { followTodos } from '../todo/follow-todos.js'
import type { Work } from '../work.js'
import { getTask } from './find-task.js'

/** 撤销: it was not meant. Only while nothing was said of it and nobody did anything about it: then it was never there. */
export async function dropTask(work: Work, actor: Actor, id: string): Promise<void> {
  const task = await getTask(work.tx, actor, id)
  const about = { kind: 'personal', subject: `task:${id}` }
  const [reminder] = await work.tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM reminder WHERE kind = ${about.kind} AND subject = ${about.subject} AND state = 'open' FOR UPDATE`
  const told = reminder
    ? await work.tx.reminder.count({ where: { id: reminder.id, OR: [{ notices: { some: {} } }, { acts: { some: {} } }] } })
    : 1
  if (told > 0) throw new Refused('too-late', '已经提醒过了，办完了就点「办完了」', 409)
  await work.tx.reminder.deleteMany({ where: about })
  await work.tx.task.delete({ where: { id } })
  await followTodos(work, about)
  await record(work, { actor: actor.personId, verb: 'task-drop', subject: `task:${id}`, content: {} })
  if (task.contactId) work.touched.add(`chat:${task.contactId}`)
  work.touched.add(`person:${actor.personId}`)
}
