import type { Reader } from '../../lib/db.js'
import type { Actor } from '../person/actor.js'
import { decidesOn } from './find-deciders.js'
import { quoteVisibleTo, unknownQuote } from './find-quote.js'

/** Whoever writes a quote reads it, and whoever was asked to let it pass. Returns whether they may write it; throws unless they may read. */
export async function assertReadable(db: Reader, actor: Actor, quoteId: string): Promise<{ mayEdit: boolean }> {
  const mayEdit = (await db.quote.count({ where: { AND: [{ id: quoteId }, quoteVisibleTo(actor)] } })) > 0
  if (!mayEdit && !(await decidesOn(db, actor, quoteId))) throw unknownQuote()
  return { mayEdit }
}
