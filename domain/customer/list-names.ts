import type { Reader } from '../../lib/db.js'
import { type Actor, visibleTo } from '../person/actor.js'

/** What a customer may be called: the company, or one of its people. `owner` tells two of one name apart. */
export type CustomerNames = { id: string; name: string; nicknames: string[]; owner: string }

/** Everybody whom this actor may speak of, in an order that does not change by itself. */
export async function listNames(db: Reader, actor: Actor): Promise<CustomerNames[]> {
  const customers = await db.customer.findMany({
    where: visibleTo(actor),
    select: {
      id: true,
      name: true,
      owner: { select: { name: true } },
      contacts: { select: { name: true }, orderBy: { id: 'asc' } },
    },
    orderBy: { id: 'asc' },
  })
  return customers.map(({ id, name, owner, contacts }) => ({
    id,
    name,
    nicknames: contacts.map((contact) => contact.name).filter((called) => called !== name),
    owner: owner.name,
  }))
}
