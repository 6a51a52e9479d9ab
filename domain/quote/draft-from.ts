import type { Reader } from '../../lib/db.js'
import { newId } from '../../lib/ids.js'
import type { Actor } from '../person/actor.js'
import { quoteVisibleTo, unknownQuote } from './find-quote.js'
import { type QuoteDraft, quoteDraft } from './quote.contract.js'

/**
 * What an earlier quote says, to be written on: what is being written of it, else what was sent last. Lines have ids of their own,
 * and of the risks that it acknowledged those stay that are open still.
 */
export async function draftFrom(db: Reader, actor: Actor, quoteId: string): Promise<{ customerId: string; draft: QuoteDraft }> {
  const quote = await db.quote.findFirst({
    where: { AND: [{ id: quoteId }, quoteVisibleTo(actor)] },
    select: { customerId: true, draft: true, versions: { orderBy: { version: 'desc' }, take: 1, select: { content: true } } },
  })
  const said = quote?.draft ?? quote?.versions[0]?.content
  if (!quote || !said) throw unknownQuote()
  const draft = await withOpenRisks(db, quoteDraft.parse(said))
  return { customerId: quote.customerId, draft: { ...draft, lines: draft.lines.map((line) => ({ ...line, id: newId() })) } }
}

/** A risk that was closed since says nothing to a customer any more. */
export async function withOpenRisks(db: Reader, draft: QuoteDraft): Promise<QuoteDraft> {
  const where = { id: { in: draft.risks.map(({ id }) => id) }, closedAt: null }
  const open = new Set((await db.techRisk.findMany({ where, select: { id: true } })).map(({ id }) => id))
  return { ...draft, risks: draft.risks.filter(({ id }) => open.has(id)) }
}
