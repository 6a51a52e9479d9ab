import { bodyParser } from '@koa/bodyparser'
import Router from '@koa/router'
import type { ChatPlatform } from '../../domain/person/person.contract.js'
import { createActivity } from '../../domain/reach/note-active.js'
import type { Db } from '../../lib/db.js'
import { admit, sameOrigin } from '../middleware/access.js'
import { access } from './access.js'
import { adminRoutes } from './admin.js'
import { archiveRoutes } from './archive.js'
import { askRoutes } from './asks.js'
import { callVoiceRoutes } from './call-voices.js'
import { callRoutes } from './calls.js'
import { catalogueImportRoutes } from './catalogue-imports.js'
import { changeRoutes } from './changes.js'
import { chatRoutes } from './chats.js'
import { checkupRoutes } from './checkup.js'
import { colleagueRoutes } from './colleagues.js'
import { contactRoutes } from './contacts.js'
import { dingtalkRoutes } from './dingtalk.js'
import { firstContactRoutes } from './first-contacts.js'
import { forwardRoutes } from './forwards.js'
import { groupRoutes } from './groups.js'
import { handoverRoutes } from './handover.js'
import { heatRoutes } from './heat.js'
import { importRoutes } from './imports.js'
import { leadRoutes } from './leads.js'
import { leakRoutes } from './leaks.js'
import { liveRoutes } from './live.js'
import { meRoutes } from './me.js'
import { mediaRoutes } from './media.js'
import { messageRoutes } from './messages.js'
import { opportunityRoutes } from './opportunities.js'
import { personJoinRoutes } from './person-joins.js'
import { phoneSystemRoutes } from './phone-system.js'
import { platformRoutes } from './platform.js'
import { priceBookRoutes } from './price-books.js'
import { productRoutes } from './products.js'
import { quotePolicyRoutes } from './quote-policy.js'
import { quoteRoutes } from './quotes.js'
import { reachRoutes } from './reach.js'
import { reminderRoutes } from './reminders.js'
import type { ApiContext, ApiDeps, Route } from './route.js'
import { settingsRoutes } from './settings.js'
import { taskRoutes } from './tasks.js'
import { techRiskRoutes } from './tech-risks.js'

export const allRoutes = (deps: ApiDeps): Route[] => [
  ...meRoutes(deps),
  ...chatRoutes(deps),
  ...messageRoutes(deps),
  ...forwardRoutes(deps),
  ...mediaRoutes(deps),
  ...changeRoutes(deps),
  ...askRoutes(deps),
  ...reminderRoutes(deps),
  ...taskRoutes(deps),
  ...colleagueRoutes(deps),
  ...reachRoutes(deps),
  ...handoverRoutes(deps),
  ...firstContactRoutes(deps),
  ...contactRoutes(deps),
  ...opportunityRoutes(deps),
  ...groupRoutes(deps),
  ...importRoutes(deps),
  ...productRoutes(deps),
  ...catalogueImportRoutes(deps),
  ...priceBookRoutes(deps),
  ...quotePolicyRoutes(deps),
  ...quoteRoutes(deps),
  ...techRiskRoutes(deps),
  ...leakRoutes(deps),
  ...leadRoutes(deps),
  ...heatRoutes(deps),
  ...checkupRoutes(deps),
  ...callRoutes(deps),
  ...callVoiceRoutes(deps),
  ...phoneSystemRoutes(deps),
  ...archiveRoutes(deps),
  ...liveRoutes(deps),
  ...adminRoutes(deps),
  ...platformRoutes(deps),
  ...dingtalkRoutes(deps),
  ...personJoinRoutes(deps),
  ...settingsRoutes(deps),
]

/** Routes and the access table must be the same list: words about what is missing on either side, or null. */
export function accessGaps(routes: Route[], table: Record<string, unknown>): string | null {
  const names = routes.map((route) => `${route.method} ${route.path}`)
  const unlisted = names.filter((name) => !table[name])
  const unused = Object.keys(table).filter((name) => !names.includes(name))
  if (unlisted.length + unused.length === 0) return null
  return `bot-server/api/access.ts and the routes differ: no row for [${unlisted}], no route for [${unused}]`
}

/** Refuses to start when a route has no row. */
export function createApi(deps: ApiDeps & { db: Db }): Router {
  const routes = allRoutes(deps)
  const gaps = accessGaps(routes, access)
  if (gaps) throw new Error(gaps)

  const note = createActivity()
  const noteActive = async (personId: string, platform: ChatPlatform) =>
    note(deps.db, personId, await deps.clock.now(deps.db), platform)
  const router = new Router()
  const parser = (jsonLimit: string) => bodyParser({ enableTypes: ['json'], jsonLimit })
  const parse = parser('64kb')
  for (const route of routes) {
    const roles = access[`${route.method} ${route.path}`] ?? []
    router.register(
      route.path,
      [route.method],
      [
        sameOrigin,
        admit(deps.db, deps.sessions, { roles, noteActive }),
        route.jsonLimit ? parser(route.jsonLimit) : parse,
        (ctx) => route.handle(ctx as ApiContext),
      ],
    )
  }
  return router
}
