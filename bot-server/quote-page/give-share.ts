import { randomBytes } from 'node:crypto'
import type { RouterContext } from '@koa/router'
import { findByToken } from '../../domain/quote/find-by-token.js'
import { Refused } from '../../lib/errors.js'
import { type Doors, originOf, type QuotePageDeps } from './quote-doors.js'
import { contentOf } from './read-page-view.js'
import { descOf, titleOf } from './title-of.js'

/**
 * `GET /q/<token>/share?url=`: what WeChat's JS-SDK needs to make a card of the page when it is shared on. `url` is the page's
 * own address, as its browser has it: WeChat adds words of its own behind `?`.
 */
export const giveShare = (deps: QuotePageDeps, doors: Doors) => async (ctx: RouterContext) => {
  const token = ctx.params.token ?? ''
  if (!doors.mayAsk(ctx, token)) throw new Refused('busy', '打开得有点频繁，请过一分钟再试', 429)
  const found = await findByToken(deps.db, token, await deps.clock.now(deps.db))
  const page = `${originOf(ctx, deps.config)}/q/${token}`
  const url = String(ctx.query.url ?? '')
  // Signed is our own page and no other.
  const isOurs = url === page || url.startsWith(`${page}?`)
  if (!deps.signShare || !isOurs || (found.state !== 'open' && found.state !== 'replaced'))
    throw new Refused('gone', '没有找到', 404)
  const content = contentOf(found)
  ctx.body = {
    sign: await deps.signShare(url, randomBytes(12).toString('hex')),
    card: { title: titleOf(content), desc: descOf(content), link: page, imgUrl: `${page}/card.png` },
  }
}
