import { bodyParser } from '@koa/bodyparser'
import Router, { type RouterContext } from '@koa/router'
import { z } from 'zod'
import type { Dingtalk } from '../channels/dingtalk/client.js'
import { memberOf } from '../channels/dingtalk/login.js'
import { getActor } from '../domain/person/actor.js'
import { grantRole } from '../domain/person/grant-role.js'
import { ensurePerson } from '../domain/person/identify.js'
import type { ChatPlatform } from '../domain/person/person.contract.js'
import { type Deps, runWork } from '../domain/work.js'
import type { Config } from '../lib/config.js'
import { Refused } from '../lib/errors.js'
import { readInput } from './api/route.js'
import { askPlatform, beginLogin, letIn, readLogin } from './log-in.js'
import { sameOrigin } from './middleware/access.js'
import { pageOf } from './own-page.js'
import type { Sessions } from './session.js'

type Needs = Deps & { config: Config; dingtalk: Dingtalk | null; sessions: Sessions }

const begin = z.object({ to: z.string().max(1_000).default('/h5/') })
const finish = z.object({ state: z.string().max(64), code: z.string().min(1).max(512) })

/**
 * Login inside DingTalk: the page asks its client for a code and hands it over; the platform says whose it is. Both calls
 * come from our own page (its origin), and the second carries what the first gave to this browser.
 * https://open.dingtalk.com/document/development/logon-free-process
 */
export function dingtalkAuthRoutes(needs: Needs): Router {
  const { config, sessions } = needs
  const router = new Router()
  const secure = config.server.publicUrl.startsWith('https:')
  // On a PC the client shows pages in frames; browsers let a cookie into one by TLS alone.
  const door = { secure, sessions, framed: secure }
  const parse = bodyParser({ enableTypes: ['json'], jsonLimit: '4kb' })

  /** Which apps a page can be opened in, for whoever opened it elsewhere. */
  router.get('/auth/apps', (ctx) => {
    const apps: ChatPlatform[] = [
      ...(config.wecom ? (['wecom'] as const) : []),
      ...(config.dingtalk ? (['dingtalk'] as const) : []),
    ]
    ctx.body = { apps }
  })

  const hear = (path: string, answer: (ctx: RouterContext) => Promise<void>) =>
    router.register(path, ['POST'], [sameOrigin, parse, (ctx) => answer(ctx as RouterContext)])

  hear('/auth/dingtalk/begin', async (ctx) => {
    const { settings } = dingtalkOf(needs)
    const to = pageOf(readInput(begin, ctx.request.body).to)
    ctx.body = { state: beginLogin(ctx, door, to), corpId: settings.corpId, clientId: settings.clientId }
  })

  hear('/auth/dingtalk', async (ctx) => {
    const dingtalk = dingtalkOf(needs)
    const { state, code } = readInput(finish, ctx.request.body)
    const to = readLogin(ctx, door, state)
    const { userid } = await askPlatform(() => memberOf(dingtalk, code))
    const personId = await runWork(needs, ctx.state.trace, async (work) => {
      const id = await ensurePerson(work, {
        platform: 'dingtalk',
        organisation: dingtalk.settings.corpId,
        kind: 'member',
        value: userid,
      })
      // Also when we had met them before they first logged in. Userids of DingTalk are case-sensitive.
      if (config.dingtalk?.admins.includes(userid)) await grantRole(work, id, { role: 'admin', why: 'DINGTALK_ADMINS' })
      await getActor(work.tx, id) // who has left does not come in
      return id
    })
    await letIn(ctx, door, { personId, platform: 'dingtalk' })
    ctx.body = { to }
  })
  return router
}

function dingtalkOf({ dingtalk }: Needs): Dingtalk {
  if (!dingtalk) throw new Refused('no-dingtalk', '这里没有接钉钉，请在企业微信里打开', 404)
  return dingtalk
}
