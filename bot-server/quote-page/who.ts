import { randomBytes } from 'node:crypto'
import type { RouterContext } from '@koa/router'
import { authorizeUrl, memberOf } from '../../channels/wecom/oauth.js'
import { describe } from '../../lib/log.js'
import { isPerson } from './is-person.js'
import { type Doors, originOf, type QuotePageDeps } from './quote-doors.js'
import { keepWho, type Who, whoIs } from './viewer.js'

const STATE_COOKIE = 'bulou_q_state'
const STATE_MS = 10 * 60_000
/** In the address, once WeCom was asked: where cookies are refused nobody is sent round and round. */
const ASKED = 'asked'

/**
 * Whether WeCom may be asked who looks: in WeChat or WeCom, once a device, where the page stands on the app's trusted domain,
 * and only where that is known to work, because a colleague logged in by it before. Whatever comes of it, the page is shown.
 */
export async function mayAskWecom({ config, db, sessions }: QuotePageDeps, ctx: RouterContext): Promise<boolean> {
  if (!config.wecom || config.quote.ownHost || ctx.host !== new URL(config.server.publicUrl).host) return false
  if (ASKED in ctx.query || whoIs(ctx, sessions) !== null) return false
  if (!/MicroMessenger/i.test(ctx.get('user-agent')) || !isPerson(ctx)) return false
  return (await db.session.findFirst({ where: { platform: 'wecom' }, select: { personId: true } })) !== null
}

/** `GET /q/<token>/who`: to WeCom and back. The silent scope: nobody is asked anything. */
export const askWho = (deps: QuotePageDeps) => async (ctx: RouterContext) => {
  const token = ctx.params.token ?? ''
  const secure = deps.config.quote.url.startsWith('https:')
  // Letters and digits are all that a state may be; the page is in it, so that every way back leads to it.
  const state = randomBytes(16).toString('hex') + Buffer.from(token).toString('hex')
  ctx.cookies.secure = secure
  ctx.cookies.set(STATE_COOKIE, deps.sessions.sign(state), { httpOnly: true, sameSite: 'lax', path: '/q/', maxAge: STATE_MS })
  // Whoever comes back without an answer is not sent again.
  keepWho(ctx, { sessions: deps.sessions, secure }, 'unknown')
  ctx.redirect(authorizeUrl(deps.wecom, { redirect: `${originOf(ctx, deps.config)}/q/known`, state }))
}

/** `GET /q/known`: back from WeCom. Whatever went wrong, the quote is shown, to somebody unknown. */
export const hearWho = (deps: QuotePageDeps, doors: Doors) => async (ctx: RouterContext) => {
  const state = typeof ctx.query.state === 'string' ? ctx.query.state : ''
  const token = Buffer.from(state.slice(32), 'hex').toString()
  if (!/^[\w-]{22}$/.test(token)) return ctx.redirect('/q/unknown')
  const isOurs = deps.sessions.unsign(ctx.cookies.get(STATE_COOKIE)) === state
  if (isOurs && typeof ctx.query.code === 'string' && doors.mayBeNamed(ctx))
    try {
      const secure = deps.config.quote.url.startsWith('https:')
      keepWho(ctx, { sessions: deps.sessions, secure }, await identify(deps, ctx.query.code))
    } catch (error) {
      deps.log.warn({ trace: ctx.state.trace, ...describe(error) }, 'WeCom could not say who looks at a quote')
    }
  ctx.redirect(`/q/${token}?${ASKED}`)
}

async function identify({ db, wecom, config }: QuotePageDeps, code: string): Promise<Who> {
  const visitor = await memberOf(wecom, code)
  if ('userid' in visitor) return 'colleague'
  if (!('externalUserId' in visitor)) return 'unknown'
  const identity = await db.identity.findFirst({
    where: {
      ...{ platform: 'wecom', organisation: config.wecom?.corpId ?? '', kind: 'external', value: visitor.externalUserId },
    },
    select: { contactId: true },
  })
  return identity?.contactId ? { contactId: identity.contactId } : 'unknown'
}
