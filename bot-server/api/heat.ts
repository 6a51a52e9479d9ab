import { z } from 'zod'
import { callLead } from '../../domain/heat/call-lead.js'
import { heatQuery, heatReport, heatTap } from '../../domain/heat/heat.contract.js'
import { nudgeRep } from '../../domain/heat/nudge-rep.js'
import { reportHeat } from '../../domain/heat/report-heat.js'
import { linkHealth } from '../../domain/quote-notice/blocked.contract.js'
import { findBlocked } from '../../domain/quote-notice/find-blocked.js'
import { type ApiDeps, type Route, readInput, write } from './route.js'

/** 线索热力比, for managers and leads. */
export const heatRoutes = (deps: ApiDeps): Route[] => {
  const tap = (name: string, act: typeof callLead): Route => ({
    method: 'POST',
    path: `/api/heat/:id/${name}`,
    async handle(ctx) {
      const { requestId } = readInput(heatTap, ctx.request.body)
      const id = readInput(z.uuid(), ctx.params.id)
      ctx.body = await write(deps, ctx, requestId, async (work) => ({ done: await act(work, ctx.state.actor, id) }))
    },
  })

  return [
    {
      method: 'GET',
      path: '/api/heat',
      async handle(ctx) {
        const { weeks } = readInput(heatQuery, { ...ctx.query })
        const now = await deps.clock.now(deps.db)
        ctx.body = heatReport.parse(await reportHeat(deps.db, ctx.state.actor, { weeks: Number(weeks) as 1 | 4 | 8, now }))
      },
    },
    {
      /** Whether links of quotes seem to be stopped: PDFs are sent then. */
      method: 'GET',
      path: '/api/quote-links',
      async handle(ctx) {
        ctx.body = linkHealth.parse({ blocked: await findBlocked(deps.db, await deps.clock.now(deps.db)) })
      },
    },
    tap('call', callLead),
    tap('nudge', nudgeRep),
  ]
}
