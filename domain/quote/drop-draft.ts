import { Prisma } from '../../lib/db.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { holdQuote, touchQuote } from './find-quote.js'

/**
 * 不要了: what is being written is gone. Of a quote that was sent, what was sent stays; one that never was is gone with it. Returns
 * whether there is still a quote.
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
  const draft = { draft: Prisma.DbNull, draftRev: { increment: 1 } }
  if (stays) await work.tx.quote.update({ where: { id: quoteId }, data: draft })
  else {
    await work.tx.quoteApproval.deleteMany({ where: { quoteId } })
    await work.tx.quote.delete({ where: { id: quoteId } })
  }
  return stays
}
