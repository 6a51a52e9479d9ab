import Router from '@koa/router'
import type { Dingtalk } from '../channels/dingtalk/client.js'
import type { Wecom } from '../channels/wecom/client.js'
import { authorizePrivateUrl, authorizeUrl, memberOf, privateInfoOf, type Visitor } from '../channels/wecom/oauth.js'
import { getActor } from '../domain/person/actor.js'
import { grantRole } from '../domain/person/grant-role.js'
import { ensurePerson, findPersonId } from '../domain/person/identify.js'
import { keepTold } from '../domain/reach/keep-told.js'
import { pointSecrets } from '../domain/reach/point-secrets.js'
import { type Deps, runWork } from '../domain/work.js'
import type { Config } from '../lib/config.js'
import { Refused } from '../lib/errors.js'
import { isPlainBrowser, loginPage } from './clients.js'
import { isOwnHost } from './hosts.js'
import { askPlatform, beginLogin, endLogin, letIn, loginExpired, readLogin } from './log-in.js'
import { pageOf } from './own-page.js'
import { SESSION_COOKIE, type Sessions } from './session.js'
import { wecomOf } from './wecom-of.js'

const REACH_PAGE = '/h5/reach'

type Needs = Deps & { config: Config; wecom: Wecom; dingtalk: Dingtalk | null; sessions: Sessions }

/**
 * Login by WeCom OAuth: the client gives a code, the platform says whose it is. `state` is bound to the browser by a
 * signed cookie, so nobody can log a victim in as themselves; `to` only leads to our own pages.
 */
export function authRoutes(needs: Needs): Router {
  const { config, sessions, wecom } = needs
  const router = new Router()
  const secure = config.server.publicUrl.startsWith('https:')
  const door = { secure, sessions, framed: false }
  const base = (host: string) =>
    isOwnHost(host, config.server.publicHosts) ? `${secure ? 'https' : 'http'}://${host}` : config.server.publicUrl

  router.get('/auth/wecom', async (ctx) => {
    const to = pageOf(ctx.query.to)
    if (!config.wecom) return ctx.redirect(loginPage(to))
    if (needs.dingtalk && isPlainBrowser(ctx.get('user-agent'))) return ctx.redirect(loginPage(to))
    const state = beginLogin(ctx, door, to)
    ctx.redirect(authorizeUrl(wecom, { redirect: `${base(ctx.host)}/auth/wecom/callback`, state }))
  })

  router.get('/auth/wecom/callback', async (ctx) => {
    const { corpId, admins } = wecomOf(config)
    const to = readLogin(ctx, door, ctx.query.state)
    if (typeof ctx.query.code !== 'string') throw loginExpired()
    const userid = useridOf(await askPlatform(() => memberOf(wecom, String(ctx.query.code))))
    const personId = await runWork(needs, ctx.state.trace, async (work) => {
      const identity = { platform: 'wecom', organisation: corpId, kind: 'member', value: userid }
      const id = await ensurePerson(work, identity)
      // Also when we had met them before they first logged in.
      if (admins.some((admin) => admin.toLowerCase() === userid.toLowerCase()))
        await grantRole(work, id, { role: 'admin', why: 'WECOM_ADMINS' })
      await getActor(work.tx, id) // who has left does not come in
      return id
    })
    await letIn(ctx, door, { personId, platform: 'wecom' })
    ctx.redirect(to)
  })

  /** 用企业微信里的手机号/邮箱: the platform asks its owner, and tells us only what they agree to. */
  router.get('/auth/wecom/private', async (ctx) => {
    wecomOf(config)
    const state = beginLogin(ctx, door, REACH_PAGE)
    ctx.redirect(authorizePrivateUrl(wecom, { redirect: `${base(ctx.host)}/auth/wecom/private/callback`, state }))
  })

  router.get('/auth/wecom/private/callback', async (ctx) => {
    const { corpId } = wecomOf(config)
    readLogin(ctx, door, ctx.query.state)
    const session = await sessions.find(ctx.cookies.get(SESSION_COOKIE))
    if (!session || typeof ctx.query.code !== 'string') throw loginExpired()
    const info = await askPlatform(() => privateInfoOf(wecom, ctx.query.code as string))
    const told = await runWork(needs, ctx.state.trace, async (work) => {
      const actor = await getActor(work.tx, session.personId)
      const as = { platform: 'wecom', organisation: corpId, kind: 'member', value: info?.userid ?? '' }
      // Whose phone it is must be who is logged in here.
      if ((await findPersonId(work, as)) !== actor.personId) throw loginExpired()
      return keepTold(work, pointSecrets(config.dataKey), { personId: actor.personId, told: info })
    })
    endLogin(ctx, door)
    ctx.redirect(`${REACH_PAGE}?told=${told.join(',') || 'none'}`)
  })
  return router
}

function useridOf(visitor: Visitor): string {
  if ('userid' in visitor) return visitor.userid
  throw new Refused('members-only', '这个页面只对公司同事开放', 403)
}
