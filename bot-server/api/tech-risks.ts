import { z } from 'zod'
import { closeRiskInput, riskInput, riskList, riskView } from '../../domain/product/product.contract.js'
import { listRisks } from '../../domain/tech-risk/list-risks.js'
import { closeRisk, openRisk } from '../../domain/tech-risk/open-risk.js'
import { type ApiDeps, type Route, readInput, write } from './route.js'

/** 技术风险 of products and customers: quotes have to acknowledge the open ones. */
export const techRiskRoutes = (deps: ApiDeps): Route[] => [
  {
    method: 'GET',
    path: '/api/products/:id/risks',
    async handle(ctx) {
      const productId = readInput(z.uuid(), ctx.params.id)
      ctx.body = riskList.parse(await listRisks(deps.db, ctx.state.actor, { productId }))
    },
  },
  {
    method: 'GET',
    path: '/api/customers/:id/risks',
    async handle(ctx) {
      const customerId = readInput(z.uuid(), ctx.params.id)
      ctx.body = riskList.parse(await listRisks(deps.db, ctx.state.actor, { customerId }))
    },
  },
  {
    method: 'POST',
    path: '/api/tech-risks',
    async handle(ctx) {
      const { requestId, ...opened } = readInput(riskInput, ctx.request.body)
      ctx.body = await write(deps, ctx, requestId, async (work) => riskView.parse(await openRisk(work, ctx.state.actor, opened)))
    },
  },
  {
    method: 'POST',
    path: '/api/tech-risks/:id/close',
    async handle(ctx) {
      const { requestId, words } = readInput(closeRiskInput, ctx.request.body)
      const id = readInput(z.uuid(), ctx.params.id)
      ctx.body = await write(deps, ctx, requestId, async (work) => {
        await closeRisk(work, ctx.state.actor, { id, words })
        return {}
      })
    },
  },
]
