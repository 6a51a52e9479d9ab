import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import type { Actor } from '../person/actor.js'
import type { FirstContactView } from './first-contact.contract.js'
import { viewFirstContacts } from './view.js'
import { firstContactVisibleTo } from './visible.js'

/** What is to be shown beside a chat; null: nothing is to be done about this contact, and nothing was. */
export async function findFirstContact(
  db: Reader,
  actor: Actor,
  { contactId }: { contactId: string; now: Date },
): Promise<FirstContactView | null> {
  const seen = await firstContactVisibleTo(db, actor)
  const row = await db.firstContact.findFirst({
    where: { AND: [{ contactId, state: { not: 'merged' } }, seen] },
    select: { id: true, state: true, proposedCustomerId: true, contact: { select: { customerId: true } } },
  })
  if (!row) return null
  // Known all along: nothing to propose.
  const isProposed = row.proposedCustomerId !== null && row.proposedCustomerId !== row.contact.customerId
  if (row.state === 'known' && !isProposed) return null
  return (await viewFirstContacts(db, [row.id]))[0] ?? null
}

export async function getFirstContact(db: Reader, actor: Actor, { id }: { id: string; now: Date }): Promise<FirstContactView> {
  const seen = await firstContactVisibleTo(db, actor)
  const row = await db.firstContact.findFirst({ where: { AND: [{ id }, seen] }, select: { id: true } })
  const [view] = row ? await viewFirstContacts(db, [row.id]) : []
  if (!view) throw new Refused('no-such-first-contact', '没有找到这位新客户，或者他不归你跟进', 404)
  return view
}
