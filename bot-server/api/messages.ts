import { type PasteResult, pasteInput } from '../../domain/message/message.contract.js'
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
]
