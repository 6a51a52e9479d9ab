import type { Deps } from '../deps.js'
import type { Todo } from '../state/dingtalk/todos.js'
import { newSecret } from '../wecom/crypto.js'
import { give, type Outcome, refuse } from './answer.js'
import type { Body, Input } from './endpoint.js'
import { memberByUnionid } from './people.js'

const SUBJECT = 1_024
const missing = (name: string): Outcome => refuse('param.error', `${name} 参数错误`)
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
const strangers = (deps: Deps, unionids: string[]): boolean => unionids.some((id) => !memberByUnionid(deps, id))

/** The path's member must be there; `operatorId` when it is given. */
function checkPath(deps: Deps, { path, query }: Input): Outcome | null {
  const operator = query.get('operatorId')
  if (!memberByUnionid(deps, path.unionId ?? '') || (operator && !memberByUnionid(deps, operator)))
    return refuse('invalidUnionId', '无效的unionId')
  return null
}

const ofPath = (deps: Deps, { path }: Input): Todo | Outcome =>
  deps.store.state.dingtalk.todos.byId.get(path.taskId ?? '') ?? refuse('notExist', '待办任务不存在', 404)

/** `POST /v1.0/todo/users/{unionId}/tasks` [add-dingtalk-to-do-task]. A `sourceId` is taken once. */
export function createTodo(deps: Deps, input: Input): Outcome {
  const wrong = checkPath(deps, input)
  if (wrong) return wrong
  const { body, path, query } = input
  if (typeof body.subject !== 'string' || !body.subject || body.subject.length > SUBJECT) return missing('subject')
  const detailUrl = readLinks(body.detailUrl)
  if (!detailUrl) return missing('detailUrl')
  const executorIds = Array.isArray(body.executorIds) ? strings(body.executorIds) : [path.unionId ?? '']
  const participantIds = strings(body.participantIds)
  if (strangers(deps, [...executorIds, ...participantIds])) return refuse('invalidUnionId', '无效的unionId')
  const sourceId = String(body.sourceId ?? '')
  if (sourceId && bySource(deps, sourceId)) return refuse('todo.taskCreate.paramError', 'task exist')
  const at = deps.clock.business()
  const todo: Todo = {
    id: `task${newSecret(18)}`,
    sourceId,
    subject: body.subject,
    description: String(body.description ?? ''),
    creatorId: String(body.creatorId ?? path.unionId),
    executorIds,
    participantIds,
    doneBy: [],
    dueTime: typeof body.dueTime === 'number' ? body.dueTime : null,
    detailUrl,
    priority: Number(body.priority ?? 20),
    isOnlyShowExecutor: body.isOnlyShowExecutor === true,
    notify: (body.notifyConfigs as Body | undefined)?.dingNotify === '1',
    reminderTimeStamp: typeof body.reminderTimeStamp === 'number' ? body.reminderTimeStamp : null,
    at,
    changedAt: at,
    modifierId: query.get('operatorId') ?? path.unionId ?? '',
  }
  return give(describe(todo), [{ type: 'ding-todo', todo }])
}

const bySource = (deps: Deps, sourceId: string): Todo | undefined =>
  [...deps.store.state.dingtalk.todos.byId.values()].find((todo) => todo.sourceId === sourceId)

/** `GET /v1.0/todo/users/{unionId}/tasks/sources/{sourceId}`. */
export function getTodoBySource(deps: Deps, input: Input): Outcome {
  const wrong = checkPath(deps, input)
  if (wrong) return wrong
  const todo = bySource(deps, input.path.sourceId ?? '')
  return todo ? give(describe(todo)) : refuse('notExist', '待办任务不存在', 404)
}

function readLinks(value: unknown): Todo['detailUrl'] | null {
  const { appUrl, pcUrl } = (typeof value === 'object' && value ? value : {}) as Body
  return typeof appUrl === 'string' && typeof pcUrl === 'string' && appUrl && pcUrl ? { appUrl, pcUrl } : null
}

/** `GET /v1.0/todo/users/{unionId}/tasks/{taskId}`. */
export function getTodo(deps: Deps, input: Input): Outcome {
  const wrong = checkPath(deps, input)
  if (wrong) return wrong
  const todo = ofPath(deps, input)
  return 'status' in todo ? todo : give(describe(todo))
}

/** `PUT /v1.0/todo/users/{unionId}/tasks/{taskId}`: what is named changes. `done` is for all its executors. */
export function updateTodo(deps: Deps, input: Input): Outcome {
  const wrong = checkPath(deps, input)
  if (wrong) return wrong
  const todo = ofPath(deps, input)
  if ('status' in todo) return todo
  const { subject, description, dueTime, done, executorIds, participantIds } = input.body
  if (subject !== undefined && (typeof subject !== 'string' || !subject || subject.length > SUBJECT)) return missing('subject')
  if (strangers(deps, [...strings(executorIds), ...strings(participantIds)])) return refuse('invalidUnionId', '无效的unionId')
  const executors = executorIds === undefined ? todo.executorIds : strings(executorIds)
  return change(deps, input, todo, {
    ...(subject === undefined ? {} : { subject }),
    ...(description === undefined ? {} : { description: String(description) }),
    ...(typeof dueTime === 'number' ? { dueTime } : {}),
    ...(participantIds === undefined ? {} : { participantIds: strings(participantIds) }),
    executorIds: executors,
    doneBy: done === true ? executors : done === false ? [] : todo.doneBy.filter((id) => executors.includes(id)),
  })
}

/** `PUT …/executorStatus`: each executor has a tick of their own. */
export function setExecutorStatus(deps: Deps, input: Input): Outcome {
  const wrong = checkPath(deps, input)
  if (wrong) return wrong
  const todo = ofPath(deps, input)
  if ('status' in todo) return todo
  const list = Array.isArray(input.body.executorStatusList) ? (input.body.executorStatusList as Body[]) : []
  if (list.length === 0 || list.some(({ id }) => !todo.executorIds.includes(String(id)))) return missing('executorStatusList')
  const ticked = new Set(todo.doneBy)
  for (const { id, isDone } of list) {
    if (isDone === true) ticked.add(String(id))
    else ticked.delete(String(id))
  }
  return change(deps, input, todo, { doneBy: [...ticked] })
}

/** `DELETE /v1.0/todo/users/{unionId}/tasks/{taskId}`. */
export function deleteTodo(deps: Deps, input: Input): Outcome {
  const wrong = checkPath(deps, input)
  if (wrong) return wrong
  const todo = ofPath(deps, input)
  if ('status' in todo) return todo
  return give({ result: true, requestId: newSecret(12) }, [{ type: 'ding-todo-deleted', id: todo.id }])
}

function change(deps: Deps, { query, path }: Input, todo: Todo, changed: Partial<Todo>): Outcome {
  const modifierId = query.get('operatorId') ?? path.unionId ?? ''
  return give({ result: true, requestId: newSecret(12) }, [
    { type: 'ding-todo', todo: { ...todo, ...changed, modifierId, changedAt: deps.clock.business() } },
  ])
}

export const isDone = (todo: Todo): boolean => todo.executorIds.every((id) => todo.doneBy.includes(id))

function describe(todo: Todo): Record<string, unknown> {
  const { id, sourceId, subject, description, creatorId, executorIds, participantIds, dueTime, detailUrl, priority } = todo
  return {
    id,
    sourceId,
    subject,
    description,
    creatorId,
    executorIds,
    participantIds,
    detailUrl,
    priority,
    ...(dueTime === null ? {} : { dueTime }),
    done: isDone(todo),
    isOnlyShowExecutor: todo.isOnlyShowExecutor,
    createdTime: todo.at,
    modifiedTime: todo.changedAt,
    modifierId: todo.modifierId,
    source: 'isv_b0100',
    bizTag: 'custom_app',
    requestId: newSecret(12),
  }
}
