import { z } from 'zod'
import { findPolicy } from '../../domain/reminders/policy.js'
import { createTask } from '../../domain/task/create-task.js'
import { dropTask } from '../../domain/task/drop-task.js'
import { viewTask } from '../../domain/task/find-task.js'
import { finishTask, undoTask } from '../../domain/task/finish-task.js'
import { quickTimesFor } from '../../domain/task/quick-times.js'
import { quickTimes, taskInput, taskView } from '../../domain/task/task.contract.js'
import { type ApiDeps, type Route, readInput, write } from './route.js'

const again = z.object({ requestId: z.uuid() })

/** 提醒我: a note to self with a moment. */
export const taskRoutes = (deps: ApiDeps): Route[] => [
  {
    method: 'GET',
    path: '/api/tasks/times',
    async handle(ctx) {
      const [now, { calm }] = await Promise.all([deps.clock.now(deps.db), findPolicy(deps.db)])
      ctx.body = quickTimes.parse({ times: quickTimesFor(now, calm) })
    },
  },
  {
    method: 'POST',
    path: '/api/tasks',
    async handle(ctx) {
      const { requestId, contactId, groupId, text, at } = readInput(taskInput, ctx.request.body)
      const { actor } = ctx.state
      ctx.body = await write(deps, ctx, requestId, async (work) => {
        const id = await createTask(work, actor, { contactId, groupId, text, at: new Date(at) })
        return taskView.parse(await viewTask(work.tx, actor, id, work.now))
      })
    },
  },
  ...(['done', 'undo'] as const).map(
    (name): Route => ({
      method: 'POST',
      path: `/api/tasks/:id/${name}`,
      async handle(ctx) {
        const { requestId } = readInput(again, ctx.request.body)
        const id = readInput(z.uuid(), ctx.params.id)
        const { actor } = ctx.state
        ctx.body = await write(deps, ctx, requestId, async (work) => {
          await (name === 'done' ? finishTask : undoTask)(work, actor, id)
          return taskView.parse(await viewTask(work.tx, actor, id, work.now))
        })
      },
    }),
  ),
  {
    /** Takes back what was just written: possible until something was said of it. */
    method: 'POST',
    path: '/api/tasks/:id/drop',
    async handle(ctx) {
      const { requestId } = readInput(again, ctx.request.body)
      const id = readInput(z.uuid(), ctx.params.id)
      ctx.body = await write(deps, ctx, requestId, async (work) => {
        await dropTask(work, ctx.state.actor, id)
        return {}
      })
    },
  },
]
