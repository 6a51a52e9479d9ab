import type { Reader } from '../../lib/db.js'
import { type Actor, visibleTo } from '../person/actor.js'
import { quoteVisibleTo } from './find-quote.js'
import type { QuoteBrief } from './quote.contract.js'
import { briefWith, viewBrief } from './view-brief.js'

const MOST = 50

/** A customer's quotes, the newest first, and whether this actor may make one. */
export async function listQuotes(
  db: Reader,
  actor: Actor,
  customerId: string,
): Promise<{ quotes: QuoteBrief[]; mayMake: boolean }> {
  const quotes = await db.quote.findMany({
    where: { AND: [{ customerId }, quoteVisibleTo(actor)] },
    include: briefWith,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: MOST,
  })
  const mayMake = (await db.customer.count({ where: { AND: [{ id: customerId }, visibleTo(actor)] } })) > 0
  return { quotes: quotes.map(viewBrief), mayMake }
}
