import type { Reader } from '../../lib/db.js'
import { findQuotePolicy } from '../rule/find-quote-policy.js'

type Whose = { ownerId: string; customerId: string; contactId: string | null }

/** Who offers it to whom. The number is the firm's: a colleague's own was left for reminders and stands on no quote. */
export async function peopleOf(db: Reader, { ownerId, customerId, contactId }: Whose) {
  const owner = await db.person.findUniqueOrThrow({ where: { id: ownerId }, select: { name: true } })
  const customer = await db.customer.findUniqueOrThrow({ where: { id: customerId }, select: { name: true } })
  const contact = contactId && (await db.contact.findUnique({ where: { id: contactId }, select: { name: true } }))
  const { phone } = await findQuotePolicy(db)
  return {
    from: { name: owner.name, phone },
    to: { company: customer.name, name: contact ? contact.name : null },
  }
}
