/** To-dos and DINGs. People of to-dos by unionid, of DINGs by userid. `at` is business time. */
export type TodoFact =
  | { type: 'ding-todo'; todo: Todo }
  | { type: 'ding-todo-deleted'; id: string }
  | { type: 'ding-ding'; ding: Ding }
  | { type: 'ding-ding-recalled'; id: string }

export type Todo = {
  id: string
  sourceId: string
  subject: string
  description: string
  creatorId: string
  executorIds: string[]
  participantIds: string[]
  /** Of the executors, who has ticked it off. */
  doneBy: string[]
  dueTime: number | null
  detailUrl: { appUrl: string; pcUrl: string }
  priority: number
  isOnlyShowExecutor: boolean
  notify: boolean
  reminderTimeStamp: number | null
  at: number
  changedAt: number
  modifierId: string
}
export type Ding = {
  id: string
  /** 1 in the app, 2 by text message, 3 by telephone. */
  remindType: number
  to: string[]
  content: string
  at: number
  recalled: boolean
}
export type Todos = { byId: Map<string, Todo>; dings: Map<string, Ding> }

export const createTodos = (): Todos => ({ byId: new Map(), dings: new Map() })

export function applyTodo(todos: Todos, fact: TodoFact): void {
  switch (fact.type) {
    case 'ding-todo':
      todos.byId.set(fact.todo.id, fact.todo)
      break
    case 'ding-todo-deleted':
      todos.byId.delete(fact.id)
      break
    case 'ding-ding':
      todos.dings.set(fact.ding.id, { ...fact.ding })
      break
    case 'ding-ding-recalled': {
      const ding = todos.dings.get(fact.id)
      if (ding) ding.recalled = true
    }
  }
}
