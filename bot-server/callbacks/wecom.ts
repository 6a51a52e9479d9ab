import { parse } from 'node:querystring'
import type { Middleware } from 'koa'
import { maxCallbackBytes } from '../../channels/sealed/limit.js'
import { CallbackRefused } from '../../channels/sealed/refused.js'
import { openCallback, openEchostr } from '../../channels/wecom/callback.js'
import { type PreparedCallback, prepareCallback } from '../../channels/wecom/crypto.js'
import type { Bells } from '../../lib/bells.js'
import type { Log } from '../../lib/log.js'
import type { CallbackConfig } from '../../lib/wecom-config.js'
import { readBody } from '../middleware/read-body.js'
import type { StoreInbox } from './store-inbox.js'

type Needs = { configs: Map<string, CallbackConfig>; store: StoreInbox; bells: Bells; log: Log }

const path = /^\/callback\/wecom(?:\/([^/]+))?$/

/**
 * `GET/POST /callback/wecom[/<name>]`: verify, decrypt, ours?, store, answer 200. Nothing is thought about here.
 * An empty 200 is the platform's «heard, no reply» (official page 90238); anything else is sent again.
 */
export function createWecomCallback({ configs, store, bells, log }: Needs): Middleware {
  const prepared = new Map<string, PreparedCallback>()
  for (const [name, config] of configs) prepared.set(name, prepareCallback(config))

  return async (ctx, next) => {
    const match = path.exec(ctx.path)
    if (!match || (ctx.method !== 'GET' && ctx.method !== 'POST')) return next()
    const config = prepared.get(match[1] ?? 'app')
    if (!config) return ctx.throw(404)
    try {
      if (ctx.method === 'GET') {
        ctx.type = 'text/plain'
        ctx.body = openEchostr(config, ctx.query)
        return
      }
      const body = await readBody(ctx.req, maxCallbackBytes)
      if (body === null) {
        ctx.set('connection', 'close')
        throw new CallbackRefused('too-large', 'body')
      }
      const { message, key, lane } = openCallback(config, { query: parse(ctx.querystring), body })
      const { trace } = ctx.state
      const fresh = await store({ key, source: 'wecom', lane, body: message, trace })
      // In a rush nobody would come to the door: the sweep finds the rows when it is over.
      if (fresh && !store.isRushed()) bells.ring('inbox', [lane])
      log.info({ trace, key, fresh }, 'callback stored')
      ctx.status = 200
      ctx.body = ''
    } catch (error) {
      if (!(error instanceof CallbackRefused)) throw error
      log.warn({ config: config.name, from: ctx.ip, reason: error.reason }, `callback refused: ${error.message}`)
      ctx.status = error.status
      ctx.body = ''
    }
  }
}
