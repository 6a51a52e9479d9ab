import { z } from 'zod'
import { addPhone } from '../../domain/call/add-phone.js'
import { callList, callView, outcomeInput, phoneInput, startInput } from '../../domain/call/call.contract.js'
import { getCall, listCalls, listUnsaid } from '../../domain/call/list-calls.js'
import { sayOutcome } from '../../domain/call/say-outcome.js'
import { startCall } from '../../domain/call/start-call.js'
import { contactSecrets } from '../../domain/contact/contact-phones.js'
import { Refused } from '../../lib/errors.js'
import { type ApiDeps, type Route, readInput, write } from './route.js'

/** 通话: what was said on the phone, by whom, and how it went; and calls that begin on our own pages. */
export const callRoutes = (deps: ApiDeps): Route[] => {
  const phones = () => contactSecrets(deps.config.dataKey)
  return [
    {
      method: 'GET',
      path: '/api/calls',
      async handle(ctx) {
        const before = readInput(z.uuid().optional(), ctx.query.before) ?? null
        ctx.body = callList.parse(await listCalls(deps.db, ctx.state.actor, { before, phones: phones() }))
      },
    },
    {
      /** Of one's own, of which nobody said yet how they went. */
      method: 'GET',
      path: '/api/calls/unsaid',
      async handle(ctx) {
        const now = await deps.clock.now(deps.db)
        const calls = await listUnsaid(deps.db, ctx.state.actor, { now, phones: phones() })
        ctx.body = callList.parse({ calls, next: null })
      },
    },
    {
      method: 'POST',
      path: '/api/chats/:contactId/phones',
      async handle(ctx) {
        const { requestId, phone } = readInput(phoneInput, ctx.request.body)
        const contactId = readInput(z.uuid(), ctx.params.contactId)
        await write(deps, ctx, requestId, async (work) => {
          await addPhone(work, ctx.state.actor, { contactId, phone, phones: phones() })
          return {}
        })
        ctx.body = {}
      },
    },
    {
      /** 打电话: before the number is dialled. */
      method: 'POST',
      path: '/api/calls',
      async handle(ctx) {
        const { requestId, ...call } = readInput(startInput, ctx.request.body)
        ctx.body = await write(deps, ctx, requestId, async (work) => ({ id: await startCall(work, ctx.state.actor, call) }))
      },
    },
    {
      method: 'POST',
      path: '/api/calls/:id/outcome',
      async handle(ctx) {
        const { requestId, outcome, note } = readInput(outcomeInput, ctx.request.body)
        const id = readInput(z.uuid(), ctx.params.id)
        ctx.body = await write(deps, ctx, requestId, async (work) => {
          await sayOutcome(work, ctx.state.actor, { id, outcome, note: note ?? null })
          const said = await getCall(work.tx, ctx.state.actor, { id, phones: phones() })
          if (!said) throw new Refused('unknown-call', '没有找到这通电话', 404)
          return callView.parse(said)
        })
      },
    },
  ]
}
