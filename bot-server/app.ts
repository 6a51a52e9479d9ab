import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Koa from 'koa'
import compress from 'koa-compress'
import helmet from 'koa-helmet'
import type { ShareSigner } from '../channels/wechat-mp/share-signer.js'
import type { Wecom } from '../channels/wecom/client.js'
import type { Config } from '../lib/config.js'
import { newTrace } from '../lib/ids.js'
import { createApi } from './api/index.js'
import type { ApiDeps } from './api/route.js'
import { authRoutes } from './auth.js'
import { dingtalkAuthRoutes } from './auth-dingtalk.js'
import { createDingtalkCallback } from './callbacks/dingtalk.js'
import type { DingtalkHearing } from './callbacks/hear-dingtalk.js'
import { createWecomCallback } from './callbacks/wecom.js'
import { gotItRoutes } from './got-it.js'
import { healthRoutes } from './health.js'
import { createCallsHook } from './hooks/calls.js'
import { answerErrors } from './middleware/errors.js'
import { servePages } from './pages.js'
import { onlyQuotes } from './quote-page/only-quotes.js'
import { quotePage } from './quote-page/quote-page.js'
import type { Streams } from './streams/hold-streams.js'
import { serveVerifyFiles } from './verify-files.js'

export type AppDeps = ApiDeps & {
  config: Config
  wecom: Wecom
  /** Null: the organisation has no DingTalk. */
  hearing: DingtalkHearing | null
  dingtalkStreams?: Streams | null
  /** Null: the organisation has no 公众号 to share pages by. */
  signShare: ShareSigner | null
  pages: URL
  migrations: URL
}

/** The whole order in which a request meets us, on one screen. Callbacks come first and carry nothing they don't need. */
export function createApp(deps: AppDeps): Koa {
  const { config, log } = deps
  const app = new Koa()
  app.silent = true // answerErrors has said it

  app.use(async (ctx, next) => {
    ctx.state.trace = newTrace()
    await next()
  })
  app.use(async (ctx, next) => {
    await next()
    // With this id a write is found again in the worker's lines about what it caused.
    if (ctx.method === 'POST' && ctx.path.startsWith('/api/'))
      log.info({ trace: ctx.state.trace, path: ctx.path, status: ctx.status }, 'screen write')
  })
  app.use(answerErrors(log))
  app.use(onlyQuotes(config.quote.ownHost, Object.keys(config.verifyFiles)))

  const callback = createWecomCallback({
    configs: config.wecom?.callbacks ?? new Map(),
    store: deps.storeInbox,
    bells: deps.bells,
    log,
  })
  app.use(callback)
  if (config.dingtalk && deps.hearing)
    app.use(createDingtalkCallback({ config: config.dingtalk, hearing: deps.hearing, machineNow: deps.clock.machineNow, log }))
  app.use(createCallsHook({ ...deps, secret: config.callsHookSecret, store: deps.storeInbox }))
  app.use(healthRoutes(deps).routes())
  app.use(serveVerifyFiles(config.verifyFiles))

  const packed = compress({ threshold: 1_024, filter: (type) => !type.startsWith('text/event-stream') })
  const quotes = quotePage({ ...deps, built: new URL('../quote-page/', deps.pages) })
  app.use((ctx, next) => (ctx.path.startsWith('/q/') ? packed(ctx, () => quotes.routes()(ctx as never, next)) : next()))

  app.use(async (ctx, next) => {
    await next()
    // Pages count the seconds of an undo by our clock, not by a phone's.
    if (ctx.path.startsWith('/api/') && ctx.path !== '/api/live')
      ctx.set('x-business-now', (await deps.clock.now(deps.db)).toISOString())
  })
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          styleSrc: ["'self'", "'unsafe-inline'"],
          // What a platform on this machine shows comes without TLS.
          imgSrc: ["'self'", 'data:', 'https:', ...(config.production ? [] : ['http:'])],
          frameAncestors: frameAncestors(config),
          baseUri: ["'none'"],
          formAction: ["'self'"],
          objectSrc: ["'none'"],
        },
      },
      // frame-ancestors says it better, and old X-Frame-Options can't name a host.
      frameguard: false,
      hsts: config.server.publicUrl.startsWith('https:') ? { maxAge: 180 * 86_400 } : false,
      crossOriginEmbedderPolicy: false,
    }),
  )
  app.use(packed)
  app.use(authRoutes(deps).routes())
  app.use(dingtalkAuthRoutes(deps).routes())
  app.use(gotItRoutes(deps).routes())
  app.use(createApi(deps).routes())
  if (existsSync(fileURLToPath(deps.pages))) app.use(servePages(deps.pages))
  else log.warn({ pages: fileURLToPath(deps.pages) }, 'the pages are not built: run `npm run build`')
  return app
}

/** DingTalk's client on a PC shows pages in a frame of its own. */
function frameAncestors({ server, dingtalk }: Config): string[] {
  const given = server.frameAncestors ? server.frameAncestors.split(/\s+/) : []
  const all = dingtalk ? [...given, 'https://*.dingtalk.com'] : given
  return all.length > 0 ? all : ["'none'"]
}
