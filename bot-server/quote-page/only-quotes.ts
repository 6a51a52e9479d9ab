import type { Middleware } from 'koa'

/**
 * Where quotes have a host of their own, it serves them and nothing else: no login, no page and no callback of the product
 * stands there, so that a complaint about a link reaches nothing but links. `verified`: the files by which a platform sees that
 * the host is ours.
 */
export function onlyQuotes(ownHost: string | null, verified: string[]): Middleware {
  const open = new Set(verified.map((name) => `/${name}`))
  return async (ctx, next) => {
    if (ownHost !== null && ctx.host.toLowerCase() === ownHost && !ctx.path.startsWith('/q/') && !open.has(ctx.path))
      ctx.throw(404)
    await next()
  }
}
