import { randomBytes } from 'node:crypto'
import type { RouterContext } from '@koa/router'
import { ChannelError } from '../channels/channel-error.js'
import type { ChatPlatform } from '../domain/person/person.contract.js'
import { Refused } from '../lib/errors.js'
import { pageOf } from './own-page.js'
import { SESSION_COOKIE, type Sessions } from './session.js'

const STATE_COOKIE = 'bulou_state'
const STATE_LIFE_MS = 10 * 60_000
const SESSION_LIFE_MS = 7 * 24 * 3_600_000

type Door = {
  secure: boolean
  sessions: Sessions
  /** The page stands in a frame of the platform's, where a browser takes ordinary cookies for somebody else's. */
  framed: boolean
}

/** Writes are let in by their origin (middleware/access.ts), so that a cookie which travels into frames opens nothing. */
const hidden = (framed: boolean) => ({ httpOnly: true, sameSite: framed ? 'none' : 'lax', overwrite: true }) as const

/**
 * The login that this browser has begun: a number that nobody else knows, and the page to go to, in a signed cookie. So
 * nobody can log a victim in as themselves, and it only leads to our own pages.
 */
export function beginLogin(ctx: RouterContext, { secure, sessions, framed }: Door, to: string): string {
  const state = randomBytes(16).toString('hex')
  ctx.cookies.secure = secure
  const cookie = sessions.sign(`${state}|${encodeURIComponent(to)}`)
  ctx.cookies.set(STATE_COOKIE, cookie, { ...hidden(framed), maxAge: STATE_LIFE_MS })
  return state
}

/** The page that was wanted, when `state` is what this browser was given; throws otherwise. */
export function readLogin(ctx: RouterContext, { sessions }: Door, state: unknown): string {
  const [kept, to] = sessions.unsign(ctx.cookies.get(STATE_COOKIE))?.split('|') ?? []
  if (!kept || kept !== state) throw loginExpired()
  return pageOf(decodeURIComponent(to ?? ''))
}

export function endLogin(ctx: RouterContext, { secure }: Door): void {
  ctx.cookies.secure = secure
  ctx.cookies.set(STATE_COOKIE, null)
}

export async function letIn(ctx: RouterContext, door: Door, who: { personId: string; platform: ChatPlatform }): Promise<void> {
  endLogin(ctx, door)
  const cookie = await door.sessions.open(who.personId, who.platform)
  ctx.cookies.set(SESSION_COOKIE, cookie, { ...hidden(door.framed), maxAge: SESSION_LIFE_MS })
}

export const loginExpired = () => new Refused('login-expired', '登录已过期，请重新打开页面')

/** A code is good once: whoever reloads the page, or made one up, is told to open it anew. */
export async function askPlatform<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof ChannelError && error.kind === 'give-up') throw loginExpired()
    throw error
  }
}
