import { z } from 'zod'
import { getHandover } from '../../domain/handover/get-handover.js'
import { giveCustomers } from '../../domain/handover/give-customers.js'
import { customerNote, giveInput, given, handoverPage, takeBackInput } from '../../domain/handover/handover.contract.js'
import { takeBack } from '../../domain/handover/take-back.js'
import { writeNote } from '../../domain/handover/write-note.js'
import { type ApiDeps, type Route, readInput, write } from './route.js'

/** 待交接: what somebody left behind, for who sees to it. */
export const handoverRoutes = (deps: ApiDeps): Route[] => [
  {
    method: 'GET',
    path: '/api/handovers/:personId',
    async handle(ctx) {
      const personId = readInput(z.uuid(), ctx.params.personId)
      const now = await deps.clock.now(deps.db)
      ctx.body = handoverPage.parse(await getHandover(deps.db, ctx.state.actor, { personId, now }))
    },
  },
  {
    method: 'GET',
    path: '/api/handovers/:personId/customers/:customerId',
    async handle(ctx) {
      const personId = readInput(z.uuid(), ctx.params.personId)
      const customerId = readInput(z.uuid(), ctx.params.customerId)
      const now = await deps.clock.now(deps.db)
      ctx.body = customerNote.parse(await writeNote(deps.db, ctx.state.actor, { personId, customerId, now }))
    },
  },
  {
    method: 'POST',
    path: '/api/handovers/:personId/give',
    async handle(ctx) {
      const personId = readInput(z.uuid(), ctx.params.personId)
      const { requestId, ...what } = readInput(giveInput, ctx.request.body)
      ctx.body = await write(deps, ctx, requestId, async (work) =>
        given.parse(await giveCustomers(work, ctx.state.actor, { personId, ...what })),
      )
    },
  },
  {
    method: 'POST',
    path: '/api/handovers/:personId/take-back',
    async handle(ctx) {
      const personId = readInput(z.uuid(), ctx.params.personId)
      const { requestId, batch } = readInput(takeBackInput, ctx.request.body)
      ctx.body = await write(deps, ctx, requestId, async (work) =>
        given.parse(await takeBack(work, ctx.state.actor, { personId, batch })),
      )
    },
  },
]
