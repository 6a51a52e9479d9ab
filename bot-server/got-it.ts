import { bodyParser } from '@koa/bodyparser'
import Router from '@koa/router'
import { confirmByToken, findByToken } from '../domain/reach/got-it.js'
import { type Deps, runWork } from '../domain/work.js'

/**
 * 收到了, out of a letter: a page without login and without script, because mail is read anywhere. Opening it confirms
 * nothing, since machines open links in mail; the button does.
 */
export function gotItRoutes(deps: Deps): Router {
  const router = new Router()
  router.get('/got/:token', async (ctx) => {
    const open = await findByToken({ tx: deps.db }, ctx.params.token ?? '', deps.clock.machineNow())
    answer(ctx, open ? '这封邮件是试发的提醒' : OVER, open ? BUTTON : '')
  })
  router.post('/got/:token', bodyParser({ enableTypes: ['form'], formLimit: '1kb' }), async (ctx) => {
    const { token = '' } = ctx.params
    const done = await runWork(deps, ctx.state.trace, (work) => confirmByToken(work, token, deps.clock.machineNow()))
    answer(ctx, done ? '好的，记下了：邮件能收到' : OVER, '')
  })
  return router
}

const OVER = '这个链接用过了，或者已经过期'
const BUTTON = '<form method="post"><button>收到了</button></form>'

/** Nothing in it is the request's. */
function answer(ctx: { type: string; body: unknown; set(name: string, value: string): void }, words: string, more: string): void {
  ctx.type = 'text/html; charset=utf-8'
  ctx.set('cache-control', 'no-store')
  ctx.set('referrer-policy', 'no-referrer')
  ctx.body = `<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>收到了 · 不漏</title>
<style>:root{color-scheme:light dark}body{margin:20vh auto;max-width:22rem;padding:0 1.5rem;font:1rem/1.7 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;text-align:center}h1{font-size:1.25rem}button{min-width:11rem;min-height:48px;border:0;border-radius:10px;font:inherit;color:#fff;background:#1c64d4}</style>
<h1>${words}</h1>${more}</html>`
}
