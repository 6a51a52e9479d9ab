import type { Middleware } from 'koa'

type Seen = { frameAncestors: string; secure: boolean; canShare: boolean }

/** WeChat's JS-SDK, for a card when the page is shared on; only where a 公众号 stands behind it. */
const WECHAT_SDK = 'https://res.wx.qq.com'

/**
 * What holds for everything under /q/: nobody keeps it, indexes it, frames it or learns its address, and nothing runs in it
 * but what we serve.
 */
export function quoteHeaders({ frameAncestors, secure, canShare }: Seen): Middleware {
  const policy = [
    "default-src 'none'",
    `script-src 'self'${canShare ? ` ${WECHAT_SDK}` : ''}`,
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${frameAncestors || "'none'"}`,
  ].join('; ')
  return async (ctx, next) => {
    ctx.set('content-security-policy', policy)
    ctx.set('cache-control', 'no-store')
    ctx.set('referrer-policy', 'same-origin')
    ctx.set('x-robots-tag', 'noindex, nofollow, noarchive')
    ctx.set('x-content-type-options', 'nosniff')
    ctx.set('cross-origin-opener-policy', 'same-origin')
    ctx.set('permissions-policy', 'camera=(), microphone=(), geolocation=()')
    if (secure) ctx.set('strict-transport-security', 'max-age=15552000')
    await next()
  }
}
