import { randomBytes } from 'node:crypto'
import Router, { type RouterContext } from '@koa/router'
import { ChannelError } from '../channels/channel-error.js'
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
import { isOwnHost } from './hosts.js'
import { SESSION_COOKIE, type Sessions } from './session.js'

const STATE_COOKIE = 'bulou_state'
const REACH_PAGE = '/h5/reach'
const STATE_LIFE_MS = 10 * 60_000
const SESSION_LIFE_MS = 7 * 24 * 3_600_000

type Needs = Deps & { config: Config; wecom: Wecom; sessions: Sessions }

/**
 * Login by WeCom OAuth: the client gives a code, the platform says whose it is. `state` is bound to the browser by a
 * signed cookie, so nobody can log a victim in as themselves; `to` only leads to our own pages.
 */
export function authRoutes(needs: Needs): Router {
  const { config, sessions, wecom } = needs
  const router = new Router()
  const secure = config.server.publicUrl.startsWith('https:')
  const base = (host: string) =>
    isOwnHost(host, config.server.publicHosts) ? `${secure ? 'https' : 'http'}://${host}` : config.server.publicUrl

  router.get('/auth/wecom', async (ctx) => {
    const state = randomBytes(16).toString('hex')
    keepState(ctx, `${state}|${encodeURIComponent(pageOf(ctx.query.to))}`)
    ctx.redirect(authorizeUrl(wecom, { redirect: `${base(ctx.host)}/auth/wecom/callback`, state }))
  })

  router.get('/auth/wecom/callback', async (ctx) => {
    const kept = sessions.unsign(ctx.cookies.get(STATE_COOKIE))
    const [state, to] = kept?.split('|') ?? []
    if (!state || state !== ctx.query.state || typeof ctx.query.code !== 'string') throw loginExpired()
    const userid = useridOf(await askPlatform(() => memberOf(wecom, String(ctx.query.code))))
    const personId = await runWork(needs, ctx.state.trace, async (work) => {
      const identity = { platform: 'wecom', organisation: config.wecom.corpId, kind: 'member', value: userid }
      const id = await ensurePerson(work, identity)
      // Also when we had met them before they first logged in.
      if (config.wecom.admins.some((admin) => admin.toLowerCase() === userid.toLowerCase()))
        await grantRole(work, id, { role: 'admin', why: 'WECOM_ADMINS' })
      await getActor(work.tx, id) // who has left does not come in
      return id
    })
    ctx.cookies.secure = secure
    ctx.cookies.set(STATE_COOKIE, null)
    ctx.cookies.set(SESSION_COOKIE, await sessions.open(personId, 'wecom'), {
      httpOnly: true,
      sameSite: 'lax',
      maxAge: SESSION_LIFE_MS,
      overwrite: true,
    })
    ctx.redirect(pageOf(decodeURIComponent(to ?? '')))
  })

  /** 用企业微信里的手机号/邮箱: the platform asks its owner, and tells us only what they agree to. */
  router.get('/auth/wecom/private', async (ctx) => {
    const state = randomBytes(16).toString('hex')
    keepState(ctx, `${state}|${encodeURIComponent(REACH_PAGE)}`)
    ctx.redirect(authorizePrivateUrl(wecom, { redirect: `${base(ctx.host)}/auth/wecom/private/callback`, state }))
  })

  router.get('/auth/wecom/private/callback', async (ctx) => {
    const [state] = sessions.unsign(ctx.cookies.get(STATE_COOKIE))?.split('|') ?? []
    const session = await sessions.find(ctx.cookies.get(SESSION_COOKIE))
    if (!session || !state || state !== ctx.query.state || typeof ctx.query.code !== 'string') throw loginExpired()
    const info = await askPlatform(() => privateInfoOf(wecom, ctx.query.code as string))
    const told = await runWork(needs, ctx.state.trace, async (work) => {
      const actor = await getActor(work.tx, session.personId)
      const as = { platform: 'wecom', organisation: config.wecom.corpId, kind: 'member', value: info?.userid ?? '' }
      // Whose phone it is must be who is logged in here.
      if ((await findPersonId(work, as)) !== actor.personId) throw loginExpired()
      return keepTold(work, pointSecrets(config.dataKey), { personId: actor.personId, told: info })
    })
    ctx.cookies.secure = secure
    ctx.cookies.set(STATE_COOKIE, null)
    ctx.redirect(`${REACH_PAGE}?told=${told.join(',') || 'none'}`)
  })
  return router

  function keepState(ctx: RouterContext, value: string): void {
    ctx.cookies.secure = secure
    ctx.cookies.set(STATE_COOKIE, sessions.sign(value), {
      httpOnly: true,
      sameSite: 'lax',
      maxAge: STATE_LIFE_MS,
      overwrite: true,
    })
  }
}

const loginExpired = () => new Refused('login-expired', '登录已过期，请重新打开页面')

/** A code is good once: whoever reloads the page, or made one up, is told to open it anew. */
async function askPlatform<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof ChannelError && error.kind === 'give-up') throw loginExpired()
    throw error
  }
}

function useridOf(visitor: Visitor): string {
  if ('userid' in visitor) return visitor.userid
  throw new Refused('members-only', '这个页面只对公司同事开放', 403)
}

const NOWHERE = 'http://nowhere.invalid'

/** A path of our own pages as a browser would read it, or the sidebar. Never another site. */
export function pageOf(to: unknown): string {
  if (typeof to !== 'string' || to.length > 1_000 || !to.startsWith('/h5/') || !URL.canParse(to, NOWHERE)) return '/h5/'
  const { origin, pathname, search } = new URL(to, NOWHERE)
  return origin === NOWHERE && /^\/h5\/(?!\/)/.test(pathname) ? pathname + search : '/h5/'
}
