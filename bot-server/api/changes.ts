import { z } from 'zod'
import { captureChange } from '../../domain/requirement/capture-change.js'
import { correctChange } from '../../domain/requirement/correct-change.js'
import { getChain, getChange } from '../../domain/requirement/find-chain.js'
import { markReplySent } from '../../domain/requirement/mark-reply-sent.js'
import { captureInput, chainView, changeView, correctInput } from '../../domain/requirement/requirement.contract.js'
import { undoChange } from '../../domain/requirement/undo-change.js'
import type { Work } from '../../domain/work.js'
import { recordLook } from './record-look.js'
import { type ApiContext, type ApiDeps, type Route, readInput, write } from './route.js'

const requested = z.object({ requestId: z.uuid() })
const replied = requested.extend({ text: z.string().max(2_000).default('') })

export const changeRoutes = (deps: ApiDeps): Route[] => {
  const change = async (work: Work, id: string) => ({ change: changeView.parse(await getChange(work.tx, id, work.now)) })
  const idOf = (ctx: ApiContext) => readInput(z.uuid(), ctx.params.id)

  return [
    {
      method: 'POST',
      path: '/api/captures',
      async handle(ctx) {
        const { requestId, ...input } = readInput(captureInput, ctx.request.body)
        ctx.body = await write(deps, ctx, requestId, async (work) =>
          change(work, await captureChange(work, ctx.state.actor, input)),
        )
      },
    },
    {
      method: 'POST',
      path: '/api/changes/:id/undo',
      async handle(ctx) {
        const { requestId } = readInput(requested, ctx.request.body)
        const id = idOf(ctx)
        ctx.body = await write(deps, ctx, requestId, async (work) => {
          await undoChange(work, ctx.state.actor, id)
          return change(work, id)
        })
      },
    },
    {
      method: 'POST',
      path: '/api/changes/:id/correct',
      async handle(ctx) {
        const { requestId, ...input } = readInput(correctInput, ctx.request.body)
        const id = idOf(ctx)
        ctx.body = await write(deps, ctx, requestId, async (work) =>
          change(work, await correctChange(work, ctx.state.actor, id, input)),
        )
      },
    },
    {
      method: 'POST',
      path: '/api/changes/:id/reply-sent',
      async handle(ctx) {
        const { requestId, text } = readInput(replied, ctx.request.body)
        const id = idOf(ctx)
        ctx.body = await write(deps, ctx, requestId, async (work) => {
          await markReplySent(work, ctx.state.actor, id, text)
          return change(work, id)
        })
      },
    },
    {
      method: 'GET',
      path: '/api/requirements/:id',
      async handle(ctx) {
        const chain = chainView.parse(await getChain(deps.db, ctx.state.actor, idOf(ctx), await deps.clock.now(deps.db)))
        if (chain.steps.length > 0) await recordLook(deps, ctx, `requirement:${chain.id}`)
        ctx.body = chain
      },
    },
  ]
}
