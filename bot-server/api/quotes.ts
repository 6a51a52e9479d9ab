import { z } from 'zod'
import { putRightCopies } from '../../domain/card/press.js'
import { contactSecrets } from '../../domain/contact/contact-phones.js'
import type { Actor } from '../../domain/person/actor.js'
import { askApproval } from '../../domain/quote/ask-approval.js'
import { checkDraft } from '../../domain/quote/check-draft.js'
import { createDraft } from '../../domain/quote/create-draft.js'
import { decideApproval } from '../../domain/quote/decide-approval.js'
import { dropDraft } from '../../domain/quote/drop-draft.js'
import { editQuote } from '../../domain/quote/edit-quote.js'
import { holdQuote, unknownQuote } from '../../domain/quote/find-quote.js'
import { getDifference } from '../../domain/quote/get-difference.js'
import { getFile } from '../../domain/quote/get-file.js'
import { linkOf } from '../../domain/quote/link-of.js'
import { listQuotes } from '../../domain/quote/list-quotes.js'
import { makeContract } from '../../domain/quote/make-contract.js'
import { noteGiven } from '../../domain/quote/note-given.js'
import {
  approvalInput,
  checkInput,
  createInput,
  decideInput,
  differences,
  draftCheck,
  givenInput,
  quoteLink,
  quoteList,
  quoteView,
  renewInput,
  replyInput,
  saveInput,
  sendInput,
  tapInput,
  versionsQuery,
  withdrawInput,
} from '../../domain/quote/quote.contract.js'
import { renewLink } from '../../domain/quote/quote-links.js'
import { quoteSecrets } from '../../domain/quote/quote-token.js'
import { replyAnswer } from '../../domain/quote/reply-answer.js'
import { assertRev, saveDraft } from '../../domain/quote/save-draft.js'
import { sendQuote } from '../../domain/quote/send-quote.js'
import { viewQuote } from '../../domain/quote/view-quote.js'
import { withdrawQuote } from '../../domain/quote/withdraw-quote.js'
import type { Work } from '../../domain/work.js'
import { Refused } from '../../lib/errors.js'
import { type ApiContext, type ApiDeps, type Route, readInput, write } from './route.js'

const MOST_DRAFT = '2mb'
const VERDICTS: Record<string, 'approve' | 'refuse'> = { 'approve-quote': 'approve', 'refuse-quote': 'refuse' }
const versionQuery = z.object({ version: z.coerce.number().int() })
type Act<I> = (work: Work, actor: Actor, input: I & { quoteId: string }) => Promise<unknown>

/** 报价: made, sent, given, withdrawn, and what customers say to it. */
export const quoteRoutes = (deps: ApiDeps): Route[] => {
  /** Read after the commit, never kept as an answer: numbers that customers left stand in it. */
  const show = async (ctx: ApiContext, quoteId: string) => {
    const phones = contactSecrets(deps.config.dataKey)
    ctx.body = quoteView.parse(await viewQuote(deps.db, ctx.state.actor, quoteId, phones))
  }
  const idOf = (ctx: ApiContext) => readInput(z.uuid(), ctx.params.id)
  /** A tap on a quote: answered with how it stands then. */
  const tap = <I extends { requestId: string }>(
    name: string,
    shape: Parameters<typeof readInput<I>>[0],
    act: Act<I>,
    jsonLimit?: string,
  ): Route => ({
    method: 'POST',
    path: `/api/quotes/:id/${name}`,
    ...(jsonLimit ? { jsonLimit } : {}),
    async handle(ctx) {
      const [input, quoteId] = [readInput(shape, ctx.request.body), idOf(ctx)]
      await write(deps, ctx, input.requestId, async (work) => {
        await act(work, ctx.state.actor, { ...input, quoteId })
        return {}
      })
      await show(ctx, quoteId)
    },
  })
  const link = async (ctx: ApiContext, which: { quoteId: string; version: number }) => {
    const where = { url: deps.config.quote.url, secrets: secrets(), now: await deps.clock.now(deps.db) }
    ctx.body = quoteLink.parse(await linkOf(deps.db, ctx.state.actor, which, where))
  }
  const secrets = () => quoteSecrets(deps.config.dataKey)

  return [
    {
      method: 'GET',
      path: '/api/customers/:id/quotes',
      async handle(ctx) {
        ctx.body = quoteList.parse(await listQuotes(deps.db, ctx.state.actor, idOf(ctx)))
      },
    },
    {
      method: 'POST',
      path: '/api/quotes',
      async handle(ctx) {
        const { requestId, ...create } = readInput(createInput, ctx.request.body)
        const { id } = await write(deps, ctx, requestId, async (work) => ({
          id: (await createDraft(work, ctx.state.actor, create)).id,
        }))
        await show(ctx, id)
      },
    },
    { method: 'GET', path: '/api/quotes/:id', handle: (ctx) => show(ctx, idOf(ctx)) },
    tap(
      'draft',
      saveInput,
      (work, actor, { quoteId, rev, draft }) => saveDraft(work, actor, { quoteId, rev, draft }),
      MOST_DRAFT,
    ),
    {
      // Nothing is kept: what a draft comes to, and what stands in its way.
      method: 'POST',
      path: '/api/quotes/:id/check',
      jsonLimit: MOST_DRAFT,
      async handle(ctx) {
        const { draft } = readInput(checkInput, ctx.request.body)
        const now = await deps.clock.now(deps.db)
        ctx.body = draftCheck.parse(await checkDraft(deps.db, ctx.state.actor, { quoteId: idOf(ctx) }, draft, now))
      },
    },
    tap('send', sendInput, (work, actor, { quoteId, rev }) =>
      sendQuote(work, actor, { quoteId, rev, organisation: deps.organisationName, secrets: secrets() }),
    ),
    tap('approval', approvalInput, async (work, actor, { quoteId, rev, note }) => {
      assertRev(await holdQuote(work, actor, quoteId), rev)
      await askApproval(work, actor, { quoteId, note })
    }),
    {
      // The same as the card's buttons, with what a page may add.
      method: 'POST',
      path: '/api/quotes/approvals/:id/actions/:action',
      async handle(ctx) {
        const { requestId, note, instalments } = readInput(decideInput, ctx.request.body)
        const approvalId = idOf(ctx)
        const verdict = VERDICTS[ctx.params.action ?? '']
        if (!verdict) throw new Refused('unknown-action', '没有这个操作', 404)
        const { actor } = ctx.state
        const { quoteId } = await write(deps, ctx, requestId, async (work) => {
          const done = await decideApproval(work, actor, { approvalId, verdict, note, instalments })
          if (!done) await putRightCopies(work, { subject: `quote-approval:${approvalId}`, personId: actor.personId })
          const found = await work.tx.quoteApproval.findUnique({ where: { id: approvalId }, select: { quoteId: true } })
          if (!found) throw unknownQuote()
          return found
        })
        await show(ctx, quoteId)
      },
    },
    tap('edit', tapInput, (work, actor, { quoteId }) => editQuote(work, actor, quoteId)),
    {
      method: 'POST',
      path: '/api/quotes/:id/drop',
      async handle(ctx) {
        const { requestId } = readInput(tapInput, ctx.request.body)
        const quoteId = idOf(ctx)
        const { stays } = await write(deps, ctx, requestId, async (work) => ({
          stays: await dropDraft(work, ctx.state.actor, quoteId),
        }))
        if (stays) await show(ctx, quoteId)
        else ctx.body = { dropped: true, quote: null }
      },
    },
    {
      method: 'GET',
      path: '/api/quotes/:id/link',
      handle: (ctx) => link(ctx, { quoteId: idOf(ctx), ...readInput(versionQuery, { ...ctx.query }) }),
    },
    {
      method: 'POST',
      path: '/api/quotes/:id/link/renew',
      async handle(ctx) {
        const { requestId, version } = readInput(renewInput, ctx.request.body)
        const which = { quoteId: idOf(ctx), version }
        await write(deps, ctx, requestId, async (work) => {
          await renewLink(work, ctx.state.actor, { ...which, secrets: secrets() })
          return {}
        })
        await link(ctx, which)
      },
    },
    tap('given', givenInput, (work, actor, { quoteId, version, how }) => noteGiven(work, actor, { quoteId, version, how })),
    tap('withdraw', withdrawInput, (work, actor, { quoteId, words }) => withdrawQuote(work, actor, { quoteId, words })),
    tap('contract', tapInput, (work, actor, { quoteId }) => makeContract(work, actor, quoteId)),
    {
      method: 'GET',
      path: '/api/quotes/:id/diff',
      async handle(ctx) {
        const which = { quoteId: idOf(ctx), ...readInput(versionsQuery, { ...ctx.query }) }
        ctx.body = differences.parse(await getDifference(deps.db, ctx.state.actor, which))
      },
    },
    {
      method: 'POST',
      path: '/api/quotes/answers/:id/reply',
      async handle(ctx) {
        const { requestId, words } = readInput(replyInput, ctx.request.body)
        const reply = { answerId: idOf(ctx), words }
        const { id } = await write(deps, ctx, requestId, async (work) => ({
          id: await replyAnswer(work, ctx.state.actor, reply),
        }))
        await show(ctx, id)
      },
    },
    {
      // What stands as a file never changes.
      method: 'GET',
      path: '/api/quotes/files/:id',
      async handle(ctx) {
        const file = await getFile(deps.db, ctx.state.actor, idOf(ctx))
        ctx.set({
          'cache-control': 'private, max-age=86400',
          'content-security-policy': "default-src 'none'; sandbox",
          'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        })
        ctx.type = file.type
        ctx.body = Buffer.from(file.data)
      },
    },
  ]
}
