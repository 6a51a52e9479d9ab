import { z } from 'zod'
import { listOutbox, listParked, replayParked } from '../../domain/admin.js'
import { verifyChain } from '../../domain/audit/verify.js'
import { defaultResponders, responders } from '../../domain/rule/responders.contract.js'
import { findRule, setRule } from '../../domain/rule/rule.js'
import { type ApiDeps, type Route, readInput, write } from './route.js'

const requested = z.object({ requestId: z.uuid() })
const setting = requested.extend({ value: z.unknown() })

/** What an administrator needs when something did not go through. */
export const adminRoutes = (deps: ApiDeps): Route[] => [
  {
    method: 'GET',
    path: '/api/admin/inbox',
    async handle(ctx) {
      ctx.body = { parked: await listParked(deps.db) }
    },
  },
  {
    method: 'POST',
    path: '/api/admin/inbox/:seq/replay',
    async handle(ctx) {
      const { requestId } = readInput(requested, ctx.request.body)
      const seq = readInput(z.coerce.bigint(), ctx.params.seq)
      const { lane } = await write(deps, ctx, requestId, (work) => replayParked(work, ctx.state.actor, seq))
      deps.bells.ring('inbox', [lane])
      ctx.body = {}
    },
  },
  {
    method: 'GET',
    path: '/api/admin/outbox',
    async handle(ctx) {
      const state = readInput(z.enum(['failed', 'unknown', 'expired']).default('failed'), ctx.query.state)
      ctx.body = { rows: await listOutbox(deps.db, state) }
    },
  },
  {
    method: 'GET',
    path: '/api/admin/audit',
    async handle(ctx) {
      ctx.body = await verifyChain(deps.db)
    },
  },
  {
    method: 'GET',
    path: '/api/admin/rules/responders',
    async handle(ctx) {
      ctx.body = { value: (await findRule(deps.db, 'responders')) ?? defaultResponders }
    },
  },
  {
    method: 'POST',
    path: '/api/admin/rules/responders',
    async handle(ctx) {
      const { requestId, value } = readInput(setting, ctx.request.body)
      const checked = readInput(responders, value)
      const version = await write(deps, ctx, requestId, (work) =>
        setRule(work, { name: 'responders', value: checked, by: ctx.state.actor.personId }),
      )
      ctx.body = { version }
    },
  },
]
