import type { Middleware } from 'koa'

/**
 * `/WW_verify_….txt` (可信域名) and `/MP_verify_….txt` (公众号): by what stands there the platform sees that the domain is
 * ours. Exactly the files of the settings, no folder behind them.
 */
export function serveVerifyFiles(files: Record<string, string>): Middleware {
  const bodies = new Map(Object.entries(files).map(([name, content]) => [`/${name}`, content]))
  return (ctx, next) => {
    const content = ctx.method === 'GET' || ctx.method === 'HEAD' ? bodies.get(ctx.path) : undefined
    if (content === undefined) return next()
    ctx.type = 'text/plain; charset=utf-8'
    ctx.set('x-content-type-options', 'nosniff')
    ctx.body = content
  }
}
