import type { Reader } from '../../lib/db.js'
import { standIns } from '../handover/find-heir.js'
import { type Actor, isRole } from '../person/actor.js'
import { maySeeMargin } from '../price/may-see-margin.js'
import { findQuotePolicy } from '../rule/find-quote-policy.js'

/**
 * Who lets somebody's quote pass: whom the policy names, else their own superior, else the sales managers, else an administrator; with
 * whoever stands in for those who have left, and only people who may see what it costs. Nobody judges their own, unless there is nobody else
 * who could.
 */
export async function findDeciders(db: Reader, askerId: string): Promise<string[]> {
  const { deciders } = await findQuotePolicy(db)
  const named = await able(db, await standIns(db, deciders), askerId)
  if (named.length > 0) return named
  const asker = await db.person.findUnique({ where: { id: askerId }, select: { managerId: true, roles: true, leftAt: true } })
  const above = asker?.managerId ? await able(db, await standIns(db, [asker.managerId]), askerId) : []
  if (above.length > 0) return above
  for (const role of ['manager', 'admin']) {
    const there = await db.person.findMany({
      where: { roles: { has: role }, leftAt: null },
      select: { id: true },
      orderBy: { id: 'asc' },
    })
    const others = there.map(({ id }) => id).filter((id) => id !== askerId)
    if (others.length > 0) return others
  }
  return asker && !asker.leftAt && judges(asker.roles) ? [askerId] : []
}

/** Also a sales manager or an administrator who was not asked; never on their own quote, whoever put it, while there is somebody else. */
export async function mayDecideOn(db: Reader, actor: Actor, { askedById, ownerId }: Asked): Promise<boolean> {
  const own = [askedById, ownerId].includes(actor.personId)
  if (!own && judges(actor.roles)) return true
  return (await findDeciders(db, own ? actor.personId : askedById)).includes(actor.personId)
}
type Asked = { askedById: string; ownerId: string }
const asked = { askedById: true, quote: { select: { ownerId: true } } } as const

/** A decision about this quote waits, and this actor may make it. */
export async function mayDecide(db: Reader, actor: Actor, quoteId: string): Promise<boolean> {
  const waits = await db.quoteApproval.findFirst({ where: { quoteId, state: 'asked' }, select: asked })
  return waits !== null && mayDecideOn(db, actor, { askedById: waits.askedById, ownerId: waits.quote.ownerId })
}

/** Was or is to decide about this quote: sees what it is about, whosever customer that is. */
export async function decidesOn(db: Reader, actor: Actor, quoteId: string): Promise<boolean> {
  const where = { quoteId, state: { not: 'withdrawn' } }
  const approvals = await db.quoteApproval.findMany({ where, select: asked, distinct: ['askedById'] })
  for (const { askedById, quote } of approvals)
    if (await mayDecideOn(db, actor, { askedById, ownerId: quote.ownerId })) return true
  return false
}

const judges = (roles: string[]) => roles.includes('manager') || roles.includes('admin')

async function able(db: Reader, ids: string[], askerId: string): Promise<string[]> {
  const there = await db.person.findMany({
    where: { id: { in: ids, not: askerId }, leftAt: null },
    select: { id: true, roles: true },
  })
  const seeing = new Set(there.filter(({ roles }) => maySeeMargin({ roles: roles.filter(isRole) })).map(({ id }) => id))
  return ids.filter((id) => seeing.has(id))
}
