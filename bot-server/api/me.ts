import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Refused } from '../../lib/errors.js'
import { isOwnHost } from '../hosts.js'
import { SESSION_COOKIE } from '../session.js'
import { wecomOf } from '../wecom-of.js'
import { meOf } from './me-of.js'
import { type ApiContext, type ApiDeps, type Route, readInput } from './route.js'

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
      const { corpId, agentId } = wecomOf(deps.config)
      const url = readOwnPage(deps, ctx)
      const signatures = await deps.signPage(url, randomBytes(12).toString('hex'))
      ctx.body = { corpId, agentId, ...signatures }
    },
  },
  {
    /** As above, for dd.config. */
    method: 'GET',
    path: '/api/dingtalk/jsapi',
    async handle(ctx) {
      const { dingtalk, signDingtalkPage } = deps
      if (!dingtalk || !signDingtalkPage) throw new Refused('no-dingtalk', '这里没有接钉钉', 404)
      const signature = await signDingtalkPage(readOwnPage(deps, ctx), randomBytes(12).toString('hex'))
      ctx.body = { corpId: dingtalk.settings.corpId, agentId: dingtalk.settings.agentId, ...signature }
    },
  },
]

function readOwnPage({ config }: ApiDeps, ctx: ApiContext): string {
  const url = readInput(z.url().max(2_048), ctx.query.url)
  const { host } = new URL(url)
  if (host !== ctx.host || !isOwnHost(host, config.server.publicHosts))
    throw new Refused('foreign-page', '只能为不漏自己的页面签名', 403)
  return url
}
