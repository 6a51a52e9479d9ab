import type { RouterContext } from '@koa/router'
import { findByToken } from '../../domain/quote/find-by-token.js'
import { findQuotePolicy } from '../../domain/rule/find-quote-policy.js'
import { describe } from '../../lib/log.js'
import { isPerson } from './is-person.js'
import type { Assets } from './page-view.js'
import type { Doors, QuotePageDeps } from './quote-doors.js'
import { contentOf, readPageView } from './read-page-view.js'
import { type KindState, renderKindPage } from './render-kind-page.js'
import { renderPage } from './render-page.js'
import { nameViewer, viewerOf, whoIs } from './viewer.js'
import { mayAskWecom } from './who.js'

const STATUS: Record<KindState, number> = { expired: 410, withdrawn: 410, wrong: 404, busy: 429, trouble: 503 }

type Parts = { doors: Doors; assets(): Promise<Assets | null> }

/** Whom to call where nobody knows whose quote it was: the firm, by the phone that stands on all its quotes. */
async function findFirm({ db }: QuotePageDeps): Promise<{ name: string; phone: string | null }> {
  const { phone } = await findQuotePolicy(db)
  return { name: '我们', phone }
}

/** `GET /q/<token>`. Counts nothing: only what the page's script sees before somebody's eyes is a visit. */
export const showQuote =
  (deps: QuotePageDeps, { doors, assets }: Parts) =>
  async (ctx: RouterContext): Promise<void> => {
    const token = ctx.params.token ?? ''
    const kind = async (state: KindState, seller: { name: string; phone: string | null } | null = null) => {
      ctx.status = STATUS[state]
      ctx.type = 'text/html; charset=utf-8'
      const organisation = deps.config.organisationName
      ctx.body = renderKindPage({ state, organisation, seller, token, assets: await assets() })
    }
    if (!doors.mayAsk(ctx, token)) return kind('busy')
    try {
      const now = await deps.clock.now(deps.db)
      const found = await findByToken(deps.db, token, now)
      if (found.state === 'wrong') return doors.mayMiss(ctx) ? kind('wrong', await findFirm(deps)) : kind('busy')
      if (found.state === 'expired' || found.state === 'withdrawn') return kind(found.state, contentOf(found).from)
      if (await mayAskWecom(deps, ctx)) return ctx.redirect(`/q/${token}/who`)
      const viewer = isPerson(ctx) ? nameViewer(ctx, deps.config.quote.url.startsWith('https:')) : viewerOf(ctx)
      const who = whoIs(ctx, deps.sessions)
      const contactId = who !== null && typeof who === 'object' ? who.contactId : null
      const view = await readPageView(deps.db, { ...found, state: found.state }, { token, viewer, contactId, now })
      ctx.type = 'text/html; charset=utf-8'
      ctx.body = renderPage({ ...view, assets: await assets(), canShare: deps.signShare !== null })
    } catch (error) {
      // A customer reads a page, not an error of ours.
      deps.log.error({ trace: ctx.state.trace, path: '/q/', ...describe(error) }, 'a quote could not be shown')
      await kind('trouble')
    }
  }
