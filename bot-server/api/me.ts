import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Refused } from '../../lib/errors.js'
import { isOwnHost } from '../hosts.js'
import { SESSION_COOKIE } from '../session.js'
import { meOf } from './me-of.js'
import { type ApiDeps, type Route, readInput } from './route.js'

export const meRoutes = (deps: ApiDeps): Route[] => [
  {
    method: 'GET',
    path: '/api/me',
    async handle(ctx) {
      ctx.body = meOf(deps, ctx)
    },
  },
  {
    method: 'POST',
    path: '/api/logout',
    async handle(ctx) {
      await deps.sessions.close(ctx.cookies.get(SESSION_COOKIE))
      ctx.cookies.set(SESSION_COOKIE, null)
      ctx.body = {}
    },
  },
  {
    /** Signs the page that asks, and no other: its address must be on the host that it came from. */
    method: 'GET',
    path: '/api/jssdk',
    async handle(ctx) {
      const url = readInput(z.url().max(2_048), ctx.query.url)
      const { host } = new URL(url)
      if (host !== ctx.host || !isOwnHost(host, deps.config.server.publicHosts))
        throw new Refused('foreign-page', '只能为不漏自己的页面签名', 403)
      const signatures = await deps.signPage(url, randomBytes(12).toString('hex'))
      ctx.body = { corpId: deps.config.wecom.corpId, agentId: deps.config.wecom.agentId, ...signatures }
    },
  },
]
