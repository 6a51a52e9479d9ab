import { z } from 'zod'
import { putRightCopies } from '../../domain/card/press.js'
import { countBadge } from '../../domain/reminders/find-waiting.js'
import { listReminders } from '../../domain/reminders/list-reminders.js'
import {
  actInput,
  badge,
  ladderView,
  reminderAction,
  reminderList,
  reminderShow,
} from '../../domain/reminders/reminder.contract.js'
import { viewLadder } from '../../domain/reminders/view-ladder.js'
import { Refused } from '../../lib/errors.js'
import { type ApiDeps, type Route, readInput, write } from './route.js'

const query = z.object({
  show: reminderShow,
  after: z.string().max(200).optional(),
})

export const reminderRoutes = (deps: ApiDeps): Route[] => [
  {
    method: 'GET',
    path: '/api/reminders',
    async handle(ctx) {
      const { show, after = null } = readInput(query, { show: 'mine', ...ctx.query })
      const now = await deps.clock.now(deps.db)
      ctx.body = reminderList.parse(await listReminders(deps.db, ctx.state.actor, { show, after, now }))
    },
  },
  {
    method: 'GET',
    path: '/api/reminders/:id',
    async handle(ctx) {
      const id = readInput(z.uuid(), ctx.params.id)
      ctx.body = ladderView.parse(await viewLadder(deps.db, ctx.state.actor, id, await deps.clock.now(deps.db)))
    },
  },
  {
    /** The same files in actions/ that the buttons of its card run. */
    method: 'POST',
    path: '/api/reminders/:id/actions/:action',
    async handle(ctx) {
      const { requestId, note, toId = null } = readInput(actInput, ctx.request.body)
      const id = readInput(z.uuid(), ctx.params.id)
      const name = reminderAction.safeParse(ctx.params.action)
      const action = name.success ? deps.actions.get(name.data) : undefined
      if (!action) throw new Refused('unknown-action', '没有这个操作', 404)
      const { actor } = ctx.state
      ctx.body = await write(deps, ctx, requestId, async (work) => {
        const done = await action.run({ work, actor }, { subjectId: id, note, toId })
        if (!done) await putRightCopies(work, { subject: `reminder:${id}`, personId: actor.personId })
        return ladderView.parse(await viewLadder(work.tx, actor, id, work.now))
      })
    },
  },
  {
    /** What waits for this person: the number on the entry. */
    method: 'GET',
    path: '/api/badge',
    async handle(ctx) {
      const { actor } = ctx.state
      const waiting = await countBadge(deps.db, actor, await deps.clock.now(deps.db))
      ctx.body = badge.parse({ me: actor.personId, waiting })
    },
  },
]
