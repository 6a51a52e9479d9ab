import { z } from 'zod'
import { labelMessage } from '../../domain/message/label-message.js'
import { labelInput, type PasteResult, pasteInput } from '../../domain/message/message.contract.js'
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
]
