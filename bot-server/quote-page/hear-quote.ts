import type { RouterContext } from '@koa/router'
import { contactSecrets } from '../../domain/contact/contact-phones.js'
import { findByToken } from '../../domain/quote/find-by-token.js'
import { answerQuote } from '../../domain/quote-answer/answer-quote.js'
import { customerAnswer } from '../../domain/quote-answer/quote-answer.contract.js'
import { stampQuote } from '../../domain/quote-answer/stamp-quote.js'
import { noteVisit } from '../../domain/quote-visit/note-visit.js'
import { seenInput } from '../../domain/quote-visit/quote-visit.contract.js'
import { runWork } from '../../domain/work.js'
import { Refused } from '../../lib/errors.js'
import { readInput } from '../api/route.js'
import { readBody } from '../middleware/read-body.js'
import { SESSION_COOKIE } from '../session.js'
import { deviceOf } from './device-of.js'
import { isPerson } from './is-person.js'
import { type Doors, isColleague, type QuotePageDeps } from './quote-doors.js'
import { readWish } from './read-wish.js'
import { nameViewer, viewerOf, whoIs } from './viewer.js'

const busy = () => new Refused('busy', '操作有点频繁，请过一分钟再试', 429)
const contactOf = (ctx: RouterContext, { sessions }: QuotePageDeps) => {
  const who = whoIs(ctx, sessions)
  return who !== null && typeof who === 'object' ? who.contactId : null
}
type Body = { request: { body?: unknown } }

/**
 * `POST /q/<token>/seen`: a page reports that somebody has it before their eyes. Robots, pages that were fetched ahead, and
 * colleagues are no visit. The answer says whether it still is what it was.
 */
export const hearSeen = (deps: QuotePageDeps, doors: Doors) => async (ctx: RouterContext) => {
  const token = ctx.params.token ?? ''
  if (!doors.mayAsk(ctx, token)) throw busy()
  const seen = readInput(seenInput, (ctx as unknown as Body).request.body)
  const found = await findByToken(deps.db, token, await deps.clock.now(deps.db))
  const newest = found.state === 'wrong' ? null : (found.newest?.version ?? null)
  ctx.body = { state: found.state, newest }
  const viewer = viewerOf(ctx)
  if (found.state !== 'open' && found.state !== 'replaced') return
  if (!viewer || !isPerson(ctx) || (await isColleague(ctx, deps.sessions))) return
  if (await isCrowded(deps, { linkId: found.link.id, viewer })) return
  await runWork(deps, ctx.state.trace, async (work) =>
    noteVisit(work, {
      ...{ ...seen, viewer, device: deviceOf(ctx.get('user-agent')), contactId: await known(deps, contactOf(ctx, deps)) },
      ...{ quoteId: found.quote.id, versionId: found.version.id, linkId: found.link.id },
    }),
  )
}

/** More devices than any customer has: somebody invents them. */
const MOST_DEVICES = 500

async function isCrowded({ db }: QuotePageDeps, { linkId, viewer }: { linkId: string; viewer: string }): Promise<boolean> {
  if ((await db.quoteVisit.count({ where: { linkId } })) < MOST_DEVICES) return false
  return (await db.quoteVisit.count({ where: { linkId, viewer } })) === 0
}

/** `POST /q/<token>/answers`. */
export const hearAnswer = (deps: QuotePageDeps, doors: Doors) => async (ctx: RouterContext) => {
  const token = ctx.params.token ?? ''
  if (!doors.mayAnswer(ctx, token)) throw busy()
  // What stands as the customer's word is the customer's.
  if (await isColleague(ctx, deps.sessions)) throw new Refused('colleague', '这一页由客户来答复，同事不能代答', 403)
  const input = readInput(customerAnswer, (ctx as unknown as Body).request.body)
  const viewer = nameViewer(ctx, deps.config.quote.url.startsWith('https:'))
  const from = {
    viewer,
    contactId: await known(deps, contactOf(ctx, deps)),
    ip: doors.from(ctx),
    device: deviceOf(ctx.get('user-agent')),
  }
  const phones = contactSecrets(deps.config.dataKey)
  const id = await runWork(deps, ctx.state.trace, (work) => answerQuote(work, { token, input, from, phones, read: readWish }))
  ctx.body = { id }
}

const MOST_BYTES = 10 * 1024 * 1024

/** `POST /q/<token>/stamp`: the file itself. A colleague who got it in the chat may bring it, in their own name. */
export const hearStamp = (deps: QuotePageDeps, doors: Doors) => async (ctx: RouterContext) => {
  const token = ctx.params.token ?? ''
  if (!doors.mayAnswer(ctx, token)) throw busy()
  // Whoever has no link fills no memory of ours.
  if ((await findByToken(deps.db, token, await deps.clock.now(deps.db))).state === 'wrong') {
    ctx.set('connection', 'close')
    throw new Refused('unknown-link', '这个链接已经失效，请向销售要一份新的', 404)
  }
  const data = await readBody(ctx.req, MOST_BYTES)
  if (!data) {
    ctx.set('connection', 'close')
    throw new Refused('too-large', '文件太大了，请压到 10 MB 以内', 413)
  }
  const by = (await deps.sessions.find(ctx.cookies.get(SESSION_COOKIE)))?.personId ?? 'customer'
  ctx.body = { files: await runWork(deps, ctx.state.trace, (work) => stampQuote(work, { token, data, by })) }
}

/** A contact that was merged since is the one that it proved to be. */
async function known({ db }: QuotePageDeps, contactId: string | null): Promise<string | null> {
  if (!contactId) return null
  const contact = await db.contact.findUnique({ where: { id: contactId }, select: { id: true, mergedIntoId: true } })
  return contact ? (contact.mergedIntoId ?? contact.id) : null
}
