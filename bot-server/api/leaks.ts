import { leakNames, leakReport, namesQuery, reportQuery, type Weeks } from '../../domain/leak/leak.contract.js'
import { listLeaks } from '../../domain/leak/list-leaks.js'
import { reportLeaks } from '../../domain/leak/report-leaks.js'
import { type ApiDeps, type Route, readInput } from './route.js'

/** 漏录归因, for managers and leads. */
export const leakRoutes = (deps: ApiDeps): Route[] => [
  {
    method: 'GET',
    path: '/api/leaks',
    async handle(ctx) {
      const { weeks } = readInput(reportQuery, { ...ctx.query })
      const now = await deps.clock.now(deps.db)
      ctx.body = leakReport.parse(await reportLeaks(deps.db, ctx.state.actor, { weeks: Number(weeks) as Weeks, now }))
    },
  },
  {
    method: 'GET',
    path: '/api/leaks/names',
    async handle(ctx) {
      const asked = readInput(namesQuery, { ...ctx.query })
      const now = await deps.clock.now(deps.db)
      ctx.body = leakNames.parse(
        await listLeaks(deps.db, ctx.state.actor, { ...asked, weeks: Number(asked.weeks) as Weeks, now }),
      )
    },
  },
]
