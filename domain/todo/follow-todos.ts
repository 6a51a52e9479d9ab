import { newId } from '../../lib/ids.js'
import { laterAll } from '../outbox.js'
import { findChats } from '../person/find-chats.js'
import { findDingtalk } from '../rule/find-dingtalk.js'
import type { Work } from '../work.js'

/** By kind of reminder, what the organisation has to have chosen. */
const followed: Record<string, 'own' | 'all'> = { personal: 'own', 'requirement-change-confirm': 'all' }

type About = { kind: string; subject: string; personId: string; at?: Date }

/** It waits for this person from now on: who uses DingTalk has it in the list there too, where the organisation wants that. */
export async function openTodo(work: Work, { kind, subject, personId, at = work.now }: About): Promise<void> {
  const needs = followed[kind]
  if (!needs) return
  const [chat] = (await findChats(work.tx, [personId])).get(personId) ?? []
  if (chat !== 'dingtalk') return
  const { todos } = await findDingtalk(work.tx)
  if (todos !== 'all' && todos !== needs) return
  // What was ticked off and is open again is another one there: the row's id is its key.
  await work.tx.platformTodo.deleteMany({ where: { personId, subject, doneAt: { not: null } } })
  await work.tx.platformTodo.createMany({
    data: [{ id: newId(), personId, subject, createdAt: work.now }],
    skipDuplicates: true,
  })
  await followTodos(work, { kind, subject, at })
}

/** Something about it changed: whatever stands in anybody's list follows. It is looked at when it leaves, so that says how. */
export async function followTodos(work: Work, { kind, subject, at = work.now }: Omit<About, 'personId'>): Promise<void> {
  if (!followed[kind]) return
  const todos = await work.tx.platformTodo.findMany({ where: { subject, doneAt: null } })
  await laterAll(
    work,
    todos.map(({ id, personId }) => ({
      kind: 'set-todo' as const,
      key: `set-todo:${id}:${newId()}`,
      lane: `todo:${personId}`,
      payload: { todoId: id },
      notBefore: at > work.now ? at : work.now,
      // Behind what is said: a list is looked at when there is time.
      priority: -1,
    })),
  )
}
