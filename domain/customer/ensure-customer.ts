import { newId } from '../../lib/ids.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'

/** Nothing that a customer asked for waits for a form: a contact without a company becomes one under their own name. */
export async function ensureCustomer(
  work: Work,
  contact: { id: string; name: string; customerId: string | null },
  actor: Actor,
): Promise<string> {
  if (contact.customerId) return contact.customerId
  // Two captures at once must not make two customers: the contact's row is the lock.
  const [locked] = await work.tx.$queryRaw<{ customer_id: string | null }[]>`
    SELECT customer_id FROM contact WHERE id = ${contact.id}::uuid FOR UPDATE`
  if (locked?.customer_id) return locked.customer_id
  const id = newId()
  await work.tx.customer.create({ data: { id, name: contact.name, ownerId: actor.personId, createdAt: work.now } })
  await work.tx.contact.update({ where: { id: contact.id }, data: { customerId: id } })
  return id
}
