import type { RouterMiddleware as Middleware } from '@koa/router'
import { getActor } from '../../domain/person/actor.js'
import { type ChatPlatform, chatPlatform, type Role } from '../../domain/person/person.contract.js'
import type { Db } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { SESSION_COOKIE, type Sessions } from '../session.js'

type Door = {
  roles: Role[] | 'everyone'
  /** A page that somebody has open is a sign of life in the app that they opened it in. */
  noteActive(personId: string, platform: ChatPlatform): Promise<void>
}

/** Lets in who has a session and one of the roles, and puts the actor into `ctx.state`. */
export const admit =
  (db: Db, sessions: Sessions, { roles, noteActive }: Door): Middleware =>
  async (ctx, next) => {
    const session = await sessions.find(ctx.cookies.get(SESSION_COOKIE))
    if (!session) throw new Refused('no-session', '登录已过期，请重新打开页面', 401)
    const actor = await getActor(db, session.personId)
    if (roles !== 'everyone' && !roles.some((role) => actor.roles.includes(role)))
      throw new Refused('not-allowed', '你的角色不能用这个功能', 403)
    ctx.state.actor = actor
    const platform = chatPlatform.parse(session.platform)
    ctx.state.platform = platform
    await noteActive(actor.personId, platform)
    await next()
  }

/** A write must come from a page of ours: browsers say where it came from, and no other site can lie about it. */
export const sameOrigin: Middleware = async (ctx, next) => {
  if (ctx.method !== 'GET' && ctx.method !== 'HEAD') {
    const origin = ctx.get('origin')
    if (!origin || hostOf(origin) !== ctx.host) throw new Refused('foreign-origin', '请从不漏的页面里操作', 403)
  }
  await next()
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host
  } catch {
    return null
  }
}
