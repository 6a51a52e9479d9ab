import type { RouterContext } from '@koa/router'
import { getPicture } from '../../domain/product/get-picture.js'
import { findByToken } from '../../domain/quote/find-by-token.js'
import { Refused } from '../../lib/errors.js'
import { CARD_PICTURE } from './card-picture.js'
import type { Doors, QuotePageDeps } from './quote-doors.js'
import { contentOf, type Found, picturesOf } from './read-page-view.js'
import { viewerOf } from './viewer.js'

const DAY_S = 86_400
const gone = () => new Refused('gone', '没有找到', 404)

/** What stands behind a link that still is read; throws otherwise. */
async function findOpen(deps: QuotePageDeps, doors: Doors, ctx: RouterContext): Promise<Found> {
  const token = ctx.params.token ?? ''
  if (!doors.mayAsk(ctx, token)) throw new Refused('busy', '打开得有点频繁，请过一分钟再试', 429)
  const found = await findByToken(deps.db, token, await deps.clock.now(deps.db))
  if (found.state !== 'open' && found.state !== 'replaced') throw gone()
  return found
}

/** `GET /q/<token>/picture/<place>/<small|whole>`: by its place in this quote; no other picture can be asked for. */
export const givePicture = (deps: QuotePageDeps, doors: Doors) => async (ctx: RouterContext) => {
  const { place = '', size = '' } = ctx.params
  const found = await findOpen(deps, doors, ctx)
  const id = /^\d{1,3}$/.test(place) ? picturesOf(contentOf(found))[Number(place)] : undefined
  if (!id || (size !== 'small' && size !== 'whole')) throw gone()
  const picture = await getPicture(deps.db, id, size)
  if (!picture) throw gone()
  ctx.type = picture.type
  // A picture never changes; it stays in the phone that has the link, and nowhere between.
  ctx.set('cache-control', `private, max-age=${7 * DAY_S}, immutable`)
  ctx.body = Buffer.from(picture.data)
}

/** `GET /q/<token>/card.png`: the small picture of the card in a chat, which WeChat fetches by itself. */
export const giveCardPicture = (deps: QuotePageDeps, doors: Doors) => async (ctx: RouterContext) => {
  const found = await findOpen(deps, doors, ctx)
  const [first] = picturesOf(contentOf(found))
  const picture = first ? await getPicture(deps.db, first, 'small') : null
  ctx.type = picture?.type ?? 'image/png'
  ctx.set('cache-control', `private, max-age=${DAY_S}`)
  ctx.body = picture ? Buffer.from(picture.data) : CARD_PICTURE
}

/** `GET /q/<token>/pdf`: the version as a paper. */
export const givePdf = (deps: QuotePageDeps, doors: Doors) => async (ctx: RouterContext) => {
  const { quote, version } = await findOpen(deps, doors, ctx)
  const file = await deps.db.quoteFile.findFirst({ where: { versionId: version.id, kind: 'pdf' } })
  if (!file) throw new Refused('not-yet', 'PDF 正在生成，请稍后再试', 404)
  sendPaper(ctx, file.data, `报价${quote.number}-v${version.version}.pdf`)
}

/** `GET /q/<token>/receipt`: what was confirmed, with a name and a phone in it: only to the device that confirmed. */
export const giveReceipt = (deps: QuotePageDeps, doors: Doors) => async (ctx: RouterContext) => {
  const { quote, version, link } = await findOpen(deps, doors, ctx)
  const viewer = viewerOf(ctx)
  const visit = viewer && (await deps.db.quoteVisit.findUnique({ where: { linkId_viewer: { linkId: link.id, viewer } } }))
  const file =
    visit &&
    (await deps.db.quoteFile.findFirst({
      where: { versionId: version.id, kind: 'accepted-pdf', answer: { visitId: visit.id, kind: 'accept' } },
    }))
  if (!file) throw gone()
  sendPaper(ctx, file.data, `报价${quote.number}-v${version.version}-回执.pdf`)
}

function sendPaper(ctx: RouterContext, data: Uint8Array, name: string): void {
  ctx.type = 'application/pdf'
  ctx.set('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(name)}`)
  ctx.body = Buffer.from(data)
}
