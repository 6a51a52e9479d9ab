import { findColleagues } from '../../domain/person/list-colleagues.js'
import { colleagues } from '../../domain/person/person.contract.js'
import type { ApiDeps, Route } from './route.js'

/** Whom something can be handed to: everyone who is there. The page looks through them as somebody types. */
export const colleagueRoutes = (deps: ApiDeps): Route[] => [
  {
    method: 'GET',
    path: '/api/colleagues',
    async handle(ctx) {
      ctx.body = colleagues.parse({ people: await findColleagues(deps.db) })
    },
  },
]
