import { z } from 'zod'
import { getForward, listForwards } from '../../domain/forward/find-forward.js'
import { forwardList, forwardView, newForward, usedForward, useForwardInput } from '../../domain/forward/forward.contract.js'
import { keepForward } from '../../domain/forward/keep-forward.js'
import { listLikely } from '../../domain/forward/list-likely.js'
import { settleForward } from '../../domain/forward/settle-forward.js'
import { placeForward } from '../forward.js'
import { namesFor } from '../names.js'
import { type ApiDeps, type Route, readInput, write } from './route.js'

const idIn = (value: unknown) => readInput(z.uuid(), value)
const dropInput = z.object({ requestId: z.uuid() })

/** A customer's words that came before their customer: forwarded to the robot, or pasted on the list. */
export const forwardRoutes = (deps: ApiDeps): Route[] => [
  {
    method: 'GET',
    path: '/api/forwards',
    async handle(ctx) {
      ctx.body = forwardList.parse({ forwards: await listForwards(deps.db, ctx.state.actor, await deps.clock.now(deps.db)) })
    },
  },
  {
    method: 'POST',
    path: '/api/forwards',
    async handle(ctx) {
      const { requestId, text } = readInput(newForward, ctx.request.body)
      const { actor } = ctx.state
      ctx.body = await write(deps, ctx, requestId, async (work) => ({
        id: await keepForward(work, actor, { text, sourceKey: `page:${requestId}` }),
      }))
    },
  },
  {
    method: 'GET',
    path: '/api/forwards/:id',
    async handle(ctx) {
      const { actor } = ctx.state
      const now = await deps.clock.now(deps.db)
      const { id, text, at, usedAt } = await getForward(deps.db, actor, { id: idIn(ctx.params.id), now })
      const { customers } = await namesFor(deps.db, actor)
      const likely = await listLikely(deps.db, actor, {
        words: text,
        named: customers.find(text).flatMap((match) => match.ids),
        now,
      })
      ctx.body = forwardView.parse({ id, text, at: at.toISOString(), used: usedAt !== null, likely })
    },
  },
  {
    method: 'POST',
    path: '/api/forwards/:id/use',
    async handle(ctx) {
      const { requestId, ...told } = readInput(useForwardInput, ctx.request.body)
      const id = idIn(ctx.params.id)
      ctx.body = await write(deps, ctx, requestId, async (work) => {
        const { speaker, result } = await placeForward(work, ctx.state.actor, { id, ...told })
        return usedForward.parse({ contactId: speaker.contactId, result })
      })
    },
  },
  {
    method: 'POST',
    path: '/api/forwards/:id/drop',
    async handle(ctx) {
      const { requestId } = readInput(dropInput, ctx.request.body)
      const id = idIn(ctx.params.id)
      ctx.body = await write(deps, ctx, requestId, async (work) => {
        await settleForward(work, ctx.state.actor, id)
        return {}
      })
    },
  },
]
