import { checkup, checkupNames, checkupNamesQuery, checkupQuery } from '../../domain/checkup/checkup.contract.js'
import { listCheckup } from '../../domain/checkup/list-checkup.js'
import { reportCheckup } from '../../domain/checkup/report-checkup.js'
import { type ApiDeps, type Route, readInput } from './route.js'

/** 体检报告, for managers and leads. */
export const checkupRoutes = (deps: ApiDeps): Route[] => [
  {
    method: 'GET',
    path: '/api/checkup',
    async handle(ctx) {
      const { days } = readInput(checkupQuery, { ...ctx.query })
      const now = await deps.clock.now(deps.db)
      ctx.body = checkup.parse(await reportCheckup(deps.db, ctx.state.actor, { days: Number(days), now }))
    },
  },
  {
    method: 'GET',
    path: '/api/checkup/names',
    async handle(ctx) {
      const asked = readInput(checkupNamesQuery, { ...ctx.query })
      const now = await deps.clock.now(deps.db)
      ctx.body = checkupNames.parse(await listCheckup(deps.db, ctx.state.actor, { ...asked, days: Number(asked.days), now }))
    },
  },
]
