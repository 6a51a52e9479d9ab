import { z } from 'zod'
import { getTradeTerms, setTradeTerms } from '../../domain/customer/set-trade-terms.js'
import { tradeTerms, tradeTermsInput } from '../../domain/customer/trade-terms.contract.js'
import { quotePolicyHistory, quotePolicyInput, quotePolicyPage } from '../../domain/rule/quote-policy.contract.js'
import { findPolicyPage, listPolicyHistory } from '../../domain/rule/quote-policy-page.js'
import { setRule } from '../../domain/rule/rule.js'
import { type ApiContext, type ApiDeps, type Route, readInput, write } from './route.js'

/** 报价政策, and what of a customer quotes are judged by. */
export const quotePolicyRoutes = (deps: ApiDeps): Route[] => {
  const { db } = deps
  const idOf = (ctx: ApiContext) => readInput(z.uuid(), ctx.params.id)
  return [
    {
      method: 'GET',
      path: '/api/settings/quote-policy',
      async handle(ctx) {
        ctx.body = quotePolicyPage.parse(await findPolicyPage(db, whatIsLost(deps.config)))
      },
    },
    {
      method: 'POST',
      path: '/api/settings/quote-policy',
      async handle(ctx) {
        const { requestId, expected, value } = readInput(quotePolicyInput, ctx.request.body)
        const rule = { name: 'quotePolicy', value, by: ctx.state.actor.personId }
        await write(deps, ctx, requestId, (work) => setRule(work, rule, expected))
        ctx.body = quotePolicyPage.parse(await findPolicyPage(db, whatIsLost(deps.config)))
      },
    },
    {
      method: 'GET',
      path: '/api/settings/quote-policy/history',
      async handle(ctx) {
        ctx.body = quotePolicyHistory.parse(await listPolicyHistory(db))
      },
    },
    {
      method: 'GET',
      path: '/api/customers/:id/trade-terms',
      async handle(ctx) {
        ctx.body = tradeTerms.parse(await getTradeTerms(db, ctx.state.actor, idOf(ctx)))
      },
    },
    {
      method: 'POST',
      path: '/api/customers/:id/trade-terms',
      async handle(ctx) {
        const { requestId, ...input } = readInput(tradeTermsInput, ctx.request.body)
        const id = idOf(ctx)
        await write(deps, ctx, requestId, (work) => setTradeTerms(work, ctx.state.actor, id, input).then(() => ({})))
        ctx.body = tradeTerms.parse(await getTradeTerms(db, ctx.state.actor, id))
      },
    },
  ]
}

/** What quotes go without in this installation, as people read it. */
function whatIsLost({ quote }: ApiDeps['config']): string[] {
  return [
    ...(quote.ownHost ? [] : ['报价和后台用同一个域名：万一链接被投诉，侧边栏也可能打不开。建议给报价单独配一个域名']),
    ...(quote.mp.settings ? [] : [quote.mp.why]),
  ]
}
