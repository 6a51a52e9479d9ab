import { z } from 'zod'
import { labelMessage } from '../../domain/message/label-message.js'
import { labelInput, needInput, type PasteResult, pasteInput } from '../../domain/message/message.contract.js'
import { getChange } from '../../domain/requirement/find-chain.js'
import { recordNeed } from '../../domain/requirement/record-need.js'
import { changeView } from '../../domain/requirement/requirement.contract.js'
import { keepPaste } from '../paste.js'
import { type ApiDeps, type Route, readInput, write } from './route.js'

export const messageRoutes = (deps: ApiDeps): Route[] => [
  {
    method: 'POST',
    path: '/api/messages/paste',
    async handle(ctx) {
      const { requestId, ...paste } = readInput(pasteInput, ctx.request.body)
      ctx.body = await write<PasteResult>(deps, ctx, requestId, (work) => keepPaste(work, ctx.state.actor, paste))
    },
  },
  {
    method: 'POST',
    path: '/api/messages/:id/label',
    async handle(ctx) {
      const { requestId, change } = readInput(labelInput, ctx.request.body)
      const messageId = readInput(z.uuid(), ctx.params.id)
      ctx.body = await write(deps, ctx, requestId, async (work) => {
        await labelMessage(work, ctx.state.actor, { messageId, change })
        return {}
      })
    },
  },
  {
    /** 记为新需求. Undone as any capture: POST /api/changes/:id/undo. */
    method: 'POST',
    path: '/api/messages/:id/need',
    async handle(ctx) {
      const { requestId } = readInput(needInput, ctx.request.body)
      const messageId = readInput(z.uuid(), ctx.params.id)
      ctx.body = await write(deps, ctx, requestId, async (work) => {
        const id = await recordNeed(work, ctx.state.actor, messageId)
        return { change: changeView.parse(await getChange(work.tx, id, work.now)) }
      })
    },
  },
]
