import { randomBytes } from 'node:crypto'
import type { RouterContext } from '@koa/router'
import { sha256 } from '../../lib/ids.js'
import type { Sessions } from '../session.js'

/** Which device this is: a number, and no more. */
const DEVICE_COOKIE = 'bulou_q'
/** Who that is, once WeCom said so: a contact's id, `colleague`, or `unknown`; signed. */
const WHO_COOKIE = 'bulou_q_who'
const YEAR_MS = 365 * 24 * 3_600_000
const WHO_MS = 30 * 24 * 3_600_000

const hidden = (secure: boolean) => ({ httpOnly: true, sameSite: 'lax', path: '/q/', overwrite: true, secure }) as const

/** The device's name in our rows; null: it has none yet. */
export function viewerOf(ctx: RouterContext): string | null {
  const cookie = ctx.cookies.get(DEVICE_COOKIE)
  return cookie && /^[\w-]{22}$/.test(cookie) ? sha256(cookie) : null
}

/** As viewerOf, and gives it a name where it has none. */
export function nameViewer(ctx: RouterContext, secure: boolean): string {
  const known = viewerOf(ctx)
  if (known) return known
  const cookie = randomBytes(16).toString('base64url')
  ctx.cookies.secure = secure
  ctx.cookies.set(DEVICE_COOKIE, cookie, { ...hidden(secure), maxAge: YEAR_MS })
  return sha256(cookie)
}

export type Who = { contactId: string } | 'colleague' | 'unknown'

/** Null: nobody asked WeCom yet. */
export function whoIs(ctx: RouterContext, sessions: Sessions): Who | null {
  const said = sessions.unsign(ctx.cookies.get(WHO_COOKIE))
  if (!said?.startsWith('quote-who:')) return null
  const who = said.slice('quote-who:'.length)
  return who === 'colleague' || who === 'unknown' ? who : { contactId: who }
}

export function keepWho(ctx: RouterContext, { sessions, secure }: { sessions: Sessions; secure: boolean }, who: Who): void {
  const said = typeof who === 'string' ? who : who.contactId
  ctx.cookies.secure = secure
  ctx.cookies.set(WHO_COOKIE, sessions.sign(`quote-who:${said}`), { ...hidden(secure), maxAge: WHO_MS })
}
