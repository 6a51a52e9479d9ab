import type { Prisma } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { type HeldQuote, holdQuote, touchQuote } from './find-quote.js'
import { hashDraft } from './hash-draft.js'
import type { QuoteDraft, QuoteView } from './quote.contract.js'
import { settleLines } from './settle-lines.js'
import { viewQuote } from './view-quote.js'
import { withdrawApprovals } from './withdraw-approvals.js'

type Save = { quoteId: string; rev: number; draft: QuoteDraft }

/** What is being written, kept. `rev` is the one that its author saw: over somebody else's words nobody writes unknowingly. */
export async function saveDraft(work: Work, actor: Actor, { quoteId, rev, draft }: Save): Promise<QuoteView> {
  const quote = await holdQuote(work, actor, quoteId)
  assertRev(quote, rev)
  const kept = await settleLines(work.tx, draft)
  await work.tx.quote.update({
    where: { id: quoteId },
    data: { draft: kept as unknown as Prisma.InputJsonObject, draftRev: { increment: 1 } },
  })
  // What somebody was asked to let pass is not there any more.
  if (hashDraft(kept) !== hashDraft(quote.draft as QuoteDraft)) await withdrawApprovals(work, quoteId)
  touchQuote(work, quote)
  return viewQuote(work.tx, actor, quoteId)
}

/** Throws unless the draft is there and is the one that was seen. */
export function assertRev(quote: Pick<HeldQuote, 'draft' | 'draftRev'>, rev: number): void {
  if (quote.draft === null) throw new Refused('no-draft', '这份报价已经发出了，要改请点「改一版」', 409)
  if (quote.draftRev !== rev) throw new Refused('stale', '刚刚有人改过这份报价，刷新后再改', 409)
}
