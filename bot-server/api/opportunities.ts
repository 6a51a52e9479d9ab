import { z } from 'zod'
import { editOpportunity } from '../../domain/opportunity/edit-opportunity.js'
import { editInput, opportunityView } from '../../domain/opportunity/opportunity.contract.js'
import { type ApiDeps, type Route, readInput, write } from './route.js'

export const opportunityRoutes = (deps: ApiDeps): Route[] => [
  {
    /** 补充. */
    method: 'POST',
    path: '/api/opportunities/:id',
    async handle(ctx) {
      const { requestId, ...edit } = readInput(editInput, ctx.request.body)
      const id = readInput(z.uuid(), ctx.params.id)
      ctx.body = await write(deps, ctx, requestId, async (work) =>
        opportunityView.parse(await editOpportunity(work, ctx.state.actor, { id, ...edit })),
      )
    },
  },
]
