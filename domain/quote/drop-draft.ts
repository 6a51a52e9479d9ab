import { Prisma } from '../../lib/db.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { holdQuote, touchQuote } from './find-quote.js'
import { withdrawApprovals } from './withdraw-approvals.js'

/**
 * 不要了: what is being written is gone. Of a quote that was sent, what was sent stays; one that never was is shown to nobody any more,
 * its number is not given again. Returns whether there is still a quote.
 */
export async function dropDraft(work: Work, actor: Actor, quoteId: string): Promise<boolean> {
  const quote = await holdQuote(work, actor, quoteId)
  if (quote.draft === null) return true
  const stays = quote.versions.length > 0
  touchQuote(work, quote)
  await record(work, {
    actor: actor.personId,
    verb: 'quote-drop',
    subject: `quote:${quoteId}`,
    content: { draft: quote.draft as Prisma.JsonObject },
  })
  await withdrawApprovals(work, quoteId)
  const gone = stays ? {} : { state: 'withdrawn' as const, endedAt: work.now }
  await work.tx.quote.update({ where: { id: quoteId }, data: { ...gone, draft: Prisma.DbNull, draftRev: { increment: 1 } } })
  return stays
}
