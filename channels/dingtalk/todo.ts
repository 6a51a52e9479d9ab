import * as z from 'zod'
import { ChannelError } from '../channel-error.js'
import { cutBytes } from '../cut.js'
import type { Dingtalk } from './client.js'
import { pageLinks } from './link.js'
import { takeAnswer } from './take-answer.js'

/** The pages count characters, others bytes: within both. */
const limit = { subject: 1024, desc: 4096 }

const task = z.object({ id: z.string().min(1) })

/** Whose list it is in. */
type Of = { unionid: string }

/**
 * A task in somebody's DingTalk list, theirs alone. `key` is ours and makes it one: asked for again, the same one is given.
 * It calls nobody: the card does that. https://open.dingtalk.com/document/development/add-dingtalk-to-do-task
 */
export async function createTodo(
  dingtalk: Dingtalk,
  {
    unionid,
    key,
    subject,
    desc = '',
    due = null,
    page,
  }: Of & { key: string; subject: string; desc?: string; due?: Date | null; page: string },
): Promise<{ taskId: string }> {
  const url = pageLinks(dingtalk.settings.publicUrl).panel(page)
  const body = {
    sourceId: key,
    subject: cutBytes(subject, limit.subject),
    creatorId: unionid,
    executorIds: [unionid],
    detailUrl: { appUrl: url, pcUrl: url },
    isOnlyShowExecutor: true,
    ...(desc ? { description: cutBytes(desc, limit.desc) } : {}),
    ...(due ? { dueTime: due.getTime() } : {}),
  }
  const api = 'todo/tasks/create'
  const call = { api, query: { operatorId: unionid }, body }
  try {
    return { taskId: takeAnswer(api, task, await dingtalk.call('POST', tasksOf(unionid), call)).id }
  } catch (error) {
    if (!(error instanceof ChannelError) || error.kind !== 'already-sent') throw error
    return findTodo(dingtalk, { unionid, key })
  }
}

/** By our key: an earlier try made it, and its answer was lost. */
async function findTodo(dingtalk: Dingtalk, { unionid, key }: Of & { key: string }): Promise<{ taskId: string }> {
  const path = `${tasksOf(unionid)}/sources/${encodeURIComponent(key)}`
  return { taskId: task.parse(await dingtalk.call('GET', path, { api: 'todo/tasks/sources' })).id }
}

/** One that is no more needs nothing. https://open.dingtalk.com/document/development/updates-dingtalk-to-do-tasks */
export async function finishTodo(dingtalk: Dingtalk, { unionid, taskId }: Of & { taskId: string }): Promise<void> {
  const call = { api: 'todo/tasks/update', query: { operatorId: unionid }, body: { done: true } }
  await unlessGone(dingtalk.call('PUT', `${tasksOf(unionid)}/${encodeURIComponent(taskId)}`, call))
}

/** The same. https://open.dingtalk.com/document/development/delete-dingtalk-to-do-tasks */
export async function deleteTodo(dingtalk: Dingtalk, { unionid, taskId }: Of & { taskId: string }): Promise<void> {
  const call = { api: 'todo/tasks/delete', query: { operatorId: unionid } }
  await unlessGone(dingtalk.call('DELETE', `${tasksOf(unionid)}/${encodeURIComponent(taskId)}`, call))
}

async function unlessGone(change: Promise<unknown>): Promise<void> {
  try {
    await change
  } catch (error) {
    if (!(error instanceof ChannelError) || !/not.?exist$/i.test(String(error.code))) throw error
  }
}

const tasksOf = (unionid: string) => `/v1.0/todo/users/${encodeURIComponent(unionid)}/tasks`
