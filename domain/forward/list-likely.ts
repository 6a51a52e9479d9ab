import type { Reader } from '../../lib/db.js'
import { type Actor, visibleTo } from '../person/actor.js'
import type { LikelyCustomer } from './forward.contract.js'

export const MOST_LIKELY = 3

/** How far back a customer counts as one who is being talked with. */
const RECENT_MS = 60 * 24 * 3_600_000

/**
 * Of whom words without a sender may be: first who is named in them (`named`), then with whom this actor had to do last,
 * then whom they met last. Each with the one of its people who spoke last, for one tap must be enough.
 */
export async function listLikely(
  db: Reader,
  actor: Actor,
  { named, now }: { named: string[]; now: Date },
): Promise<LikelyCustomer[]> {
  const customer = visibleTo(actor)
  const [recent, newest] = await Promise.all([
    db.message.groupBy({
      by: ['contactId'],
      where: { personId: actor.personId, saidAt: { gte: new Date(now.getTime() - RECENT_MS) }, contact: { customer } },
      _max: { saidAt: true },
      orderBy: { _max: { saidAt: 'desc' } },
      take: MOST_LIKELY * 3,
    }),
    db.contact.findMany({ where: { customer }, select: { id: true }, orderBy: { id: 'desc' }, take: MOST_LIKELY }),
  ])
  const inTurn = [...recent.map((row) => row.contactId), ...newest.map((one) => one.id)]
  const contacts = await db.contact.findMany({
    where: { customer, OR: [{ customerId: { in: named } }, { id: { in: inTurn } }] },
    select: { id: true, name: true, customer: { select: { id: true, name: true } } },
  })
  const rank = ({ id, customer: of }: (typeof contacts)[number]) => {
    const place = inTurn.indexOf(id)
    return (of && named.includes(of.id) ? -1_000 : 0) + (place < 0 ? inTurn.length : place)
  }
  const likely = new Map<string, LikelyCustomer>()
  for (const one of contacts.sort((a, b) => rank(a) - rank(b)))
    if (one.customer && !likely.has(one.customer.id))
      likely.set(one.customer.id, { ...one.customer, contactId: one.id, contactName: one.name })
  return [...likely.values()].slice(0, MOST_LIKELY)
}

/** The one of a customer's people who spoke last, failing that whoever is known longest; null: nobody, or not the actor's. */
export async function findContactOf(db: Reader, actor: Actor, customerId: string): Promise<LikelyCustomer | null> {
  const contacts = await db.contact.findMany({
    where: { customer: { AND: [{ id: customerId }, visibleTo(actor)] } },
    select: { id: true, name: true, customer: { select: { id: true, name: true } } },
    orderBy: { id: 'asc' },
  })
  const said = await db.message.groupBy({
    by: ['contactId'],
    where: { contactId: { in: contacts.map((one) => one.id) } },
    _max: { saidAt: true },
  })
  const last = (id: string) => said.find((row) => row.contactId === id)?._max.saidAt?.getTime() ?? 0
  const [best] = contacts.sort((a, b) => last(b.id) - last(a.id))
  return best?.customer ? { ...best.customer, contactId: best.id, contactName: best.name } : null
}
