import type { Middleware } from 'koa'
import { Refused } from '../../lib/errors.js'
import { describe, type Log } from '../../lib/log.js'

/** The one place where an error becomes an answer. What isn't ours to tell is reported and answered in general words. */
export const answerErrors =
  (log: Log): Middleware =>
  async (ctx, next) => {
    try {
      await next()
      // What nobody answered.
      if (ctx.status === 404 && ctx.body === undefined) ctx.throw(404)
    } catch (error) {
      const { status, code, words } = answerTo(error)
      if (status >= 500)
        log.error({ trace: ctx.state.trace, method: ctx.method, path: loggable(ctx.path), ...describe(error) }, 'request failed')
      ctx.status = status
      if (ctx.path.startsWith('/auth/') && ctx.method === 'GET') ctx.body = page(words)
      else ctx.body = { error: { code, words } }
    }
  }

/** The token of a quote is a key: it stands in no log. */
const loggable = (path: string) => path.replace(/^\/q\/[^/]+/, '/q/…')

/** A login that failed on the way is seen by a person, not by a script (a POST is). `words` are ours, never the request's. */
const page = (words: string) => `<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>不漏</title>
<style>:root{color-scheme:light dark}body{margin:20vh auto;max-width:22rem;padding:0 1.5rem;font:1rem/1.7 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;text-align:center}a{display:inline-block;min-height:44px;line-height:44px}</style>
<h1 style="font-size:1.25rem">没能登录</h1><p>${words}</p><p><a href="/h5/">重新打开</a></p></html>`

function answerTo(error: unknown): { status: number; code: string; words: string } {
  if (error instanceof Refused) return { status: error.status, code: error.code, words: error.words }
  const status = (error as { status?: unknown; expose?: unknown }).status
  if (typeof status === 'number' && status < 500)
    return { status, code: 'bad-request', words: status === 404 ? '没有这个页面' : '请求没看懂，请刷新后再试' }
  return { status: 500, code: 'unexpected', words: '出了点问题，已经记下来了，请稍后再试' }
}
