import { fileURLToPath } from 'node:url'
import { bodyParser } from '@koa/bodyparser'
import Router, { type RouterMiddleware as Middleware } from '@koa/router'
import serve from 'koa-static'
import { sameOrigin } from '../middleware/access.js'
import { giveCardPicture, givePdf, givePicture, giveReceipt } from './give-file.js'
import { giveShare } from './give-share.js'
import { hearAnswer, hearSeen, hearStamp } from './hear-quote.js'
import { createDoors, type QuotePageDeps } from './quote-doors.js'
import { quoteHeaders } from './quote-headers.js'
import { readAssets } from './read-assets.js'
import { showQuote } from './show-quote.js'
import { askWho, hearWho } from './who.js'

const YEAR_S = 365 * 86_400

/**
 * Everything under /q/: the page of a customer, who has no login and nothing but a link. A token opens one version and what
 * belongs to it; no id of ours goes out or is taken in.
 */
export function quotePage(deps: QuotePageDeps): Router {
  const { config, built } = deps
  const router = new Router({ prefix: '/q' })
  const doors = createDoors(deps)
  const secure = config.quote.url.startsWith('https:')
  const canShare = deps.signShare !== null
  const files = serve(fileURLToPath(new URL('.', built)), {
    index: false,
    setHeaders: (response) => response.setHeader('cache-control', `public, max-age=${YEAR_S}, immutable`),
  })
  router.use(quoteHeaders({ frameAncestors: config.server.frameAncestors, secure, canShare }))

  // Hashed names: a new build is another file.
  router.get('/assets/:name', async (ctx) => {
    const whole = ctx.path
    ctx.path = whole.slice('/q'.length)
    await files(ctx, async () => {})
    ctx.path = whole
  })
  router.get('/known', hearWho(deps, doors))
  router.get('/:token', showQuote(deps, { doors, assets: () => readAssets(built) }))
  router.get('/:token/who', askWho(deps))
  router.get('/:token/picture/:place/:size', givePicture(deps, doors))
  router.get('/:token/card.png', giveCardPicture(deps, doors))
  router.get('/:token/share', giveShare(deps, doors))
  router.get('/:token/pdf', givePdf(deps, doors))
  router.get('/:token/receipt', giveReceipt(deps, doors))

  // A drawn signature is the largest of what is written here.
  const json = bodyParser({ enableTypes: ['json'], jsonLimit: '256kb' })
  const hear = (path: string, steps: Middleware[]) => router.register(path, ['POST'], [sameOrigin, ...steps])
  hear('/:token/seen', [json, hearSeen(deps, doors)])
  hear('/:token/answers', [json, hearAnswer(deps, doors)])
  hear('/:token/stamp', [hearStamp(deps, doors)])
  router.get('/{*rest}', showQuote(deps, { doors, assets: () => readAssets(built) }))
  return router
}
