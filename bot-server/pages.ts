import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Middleware } from 'koa'
import serve from 'koa-static'
import { isDingtalk, loginPage } from './clients.js'
import { SESSION_COOKIE } from './session.js'

/** The page of all components is for anybody; so is the one that says why a login fails, and the one that logs in. */
const OPEN_TO_ALL = ['/h5/components', '/h5/check', '/h5/login']

const YEAR_MS = 365 * 24 * 3_600_000

/** The built sidebar under /h5/. Files with a hash in their name never change; any other path is the page itself. */
export function servePages(folder: URL): Middleware {
  const root = fileURLToPath(folder)
  const page = new URL('index.html', folder)
  const files = serve(root, {
    index: false,
    setHeaders: (response, path) => {
      response.setHeader(
        'cache-control',
        path.includes('/assets/') ? `public, max-age=${YEAR_MS / 1_000}, immutable` : 'no-cache',
      )
    },
  })
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next()
    if (ctx.path === '/') return ctx.redirect('/h5/')
    if (ctx.path !== '/h5' && !ctx.path.startsWith('/h5/')) return next()
    const whole = ctx.path
    ctx.path = whole.slice('/h5'.length) || '/'
    await files(ctx, async () => {})
    ctx.path = whole
    if (ctx.body || whole.startsWith('/h5/assets/')) return
    // Who never logged in would load the whole page to be sent away by its first call.
    if (!OPEN_TO_ALL.includes(whole) && !ctx.cookies.get(SESSION_COOKIE))
      return ctx.redirect(
        isDingtalk(ctx.get('user-agent')) ? loginPage(ctx.url) : `/auth/wecom?to=${encodeURIComponent(ctx.url)}`,
      )
    ctx.type = 'text/html; charset=utf-8'
    ctx.set('cache-control', 'no-cache')
    // Read each time: it names the hashed files beside it, and a build may have replaced both.
    ctx.body = await readFile(page, 'utf8')
  }
}
