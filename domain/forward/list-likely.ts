import type { Reader } from '../../lib/db.js'
import { type Actor, contactVisibleTo, visibleTo } from '../person/actor.js'
import type { LikelySpeaker } from './forward.contract.js'

export const MOST_LIKELY = 3

/** How far back somebody counts as being talked with. */
const RECENT_MS = 60 * 24 * 3_600_000

const shown = { id: true, name: true, customer: { select: { id: true, name: true } } } as const
type Row = { id: string; name: string; customer: { id: string; name: string } | null }
const speakerOf = ({ id, name, customer }: Row): LikelySpeaker => ({ contactId: id, contactName: name, customer })

/**
 * Whose words without a sender may be: first who is named in them (`named`: customers), then with whom this actor had to do
 * last, then whom they met last. One of each customer's people, the one who spoke last, for one tap must be enough.
 */
export async function listLikely(
  db: Reader,
  actor: Actor,
  { words, named, now }: { words: string; named: string[]; now: Date },
): Promise<LikelySpeaker[]> {
  const contact = { AND: [contactVisibleTo(actor), { mergedIntoId: null }] }
  const follows = { some: { personId: actor.personId, endedAt: null } }
  const [recent, newest] = await Promise.all([
    db.message.groupBy({
      by: ['contactId'],
      where: { personId: actor.personId, saidAt: { gte: new Date(now.getTime() - RECENT_MS) }, contact },
      _max: { saidAt: true },
      orderBy: { _max: { saidAt: 'desc' } },
      take: MOST_LIKELY * 3,
    }),
    db.contact.findMany({
      where: { AND: [contact, { OR: [{ customer: { ownerId: actor.personId } }, { follows }] }] },
      select: { id: true },
      orderBy: { id: 'desc' },
      take: MOST_LIKELY,
    }),
  ])
  const inTurn = [...recent.map((row) => row.contactId), ...newest.map((one) => one.id)]
  const contacts = await db.contact.findMany({
    where: { AND: [contact, { OR: [{ customerId: { in: named } }, { id: { in: inTurn } }] }] },
    select: shown,
  })
  const rank = ({ id, name, customer }: Row) => {
    const place = inTurn.indexOf(id)
    const isNamed = (customer && named.includes(customer.id)) || words.includes(name)
    return (isNamed ? -1_000 : 0) + (place < 0 ? inTurn.length : place)
  }
  const likely = new Map<string, LikelySpeaker>()
  for (const one of contacts.sort((a, b) => rank(a) - rank(b))) {
    const key = one.customer?.id ?? one.id
    if (!likely.has(key)) likely.set(key, speakerOf(one))
  }
  return [...likely.values()].slice(0, MOST_LIKELY)
}

/** The one of a customer's people who spoke last, failing that whoever is known longest; null: nobody, or not the actor's. */
export async function findSpeakerOf(db: Reader, actor: Actor, customerId: string): Promise<LikelySpeaker | null> {
  const contacts = await db.contact.findMany({
    where: { mergedIntoId: null, customer: { AND: [{ id: customerId }, visibleTo(actor)] } },
    select: shown,
    orderBy: { id: 'asc' },
  })
  const said = await db.message.groupBy({
    by: ['contactId'],
    where: { contactId: { in: contacts.map((one) => one.id) } },
    _max: { saidAt: true },
  })
  const last = (id: string) => said.find((row) => row.contactId === id)?._max.saidAt?.getTime() ?? 0
  const [best] = contacts.sort((a, b) => last(b.id) - last(a.id))
  return best ? speakerOf(best) : null
}

export async function findSpeaker(db: Reader, actor: Actor, contactId: string): Promise<LikelySpeaker | null> {
  const one = await db.contact.findFirst({ where: { AND: [{ id: contactId }, contactVisibleTo(actor)] }, select: shown })
  return one && speakerOf(one)
}
