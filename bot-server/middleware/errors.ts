import type { Middleware } from 'koa'
import { Refused } from '../../lib/errors.js'
import { describe, type Log } from '../../lib/log.js'

/** The one place where an error becomes an answer. What isn't ours to tell is reported and answered in general words. */
export const answerErrors =
  (log: Log): Middleware =>
  async (ctx, next) => {
    try {
      await next()
    } catch (error) {
      const { status, code, words } = answerTo(error)
      if (status >= 500)
        log.error({ trace: ctx.state.trace, method: ctx.method, path: ctx.path, ...describe(error) }, 'request failed')
      ctx.status = status
      ctx.body = { error: { code, words } }
    }
  }

function answerTo(error: unknown): { status: number; code: string; words: string } {
  if (error instanceof Refused) return { status: error.status, code: error.code, words: error.words }
  const status = (error as { status?: unknown; expose?: unknown }).status
  if (typeof status === 'number' && status < 500)
    return { status, code: 'bad-request', words: status === 404 ? '没有这个页面' : '请求没看懂，请刷新后再试' }
  return { status: 500, code: 'unexpected', words: '出了点问题，已经记下来了，请稍后再试' }
}
