import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { type Actor, messageVisibleTo, visibleTo } from '../person/actor.js'
import { listOpenChanges } from '../requirement/list-open-changes.js'

const LAST_SAID = 3

/** One customer at a glance, scoped by who looks: whose it is, who speaks for it, what waits for an answer, what was said last. */
export async function lookUp(db: Reader, actor: Actor, customerId: string) {
  const customer = await db.customer.findFirst({
    where: { id: customerId, AND: [visibleTo(actor)] },
    select: {
      id: true,
      name: true,
      productLine: true,
      owner: { select: { name: true } },
      contacts: { select: { id: true, name: true }, orderBy: { id: 'asc' } },
    },
  })
  if (!customer) throw new Refused('unknown-customer', '没找到这家客户', 404)
  const said = await db.message.findMany({
    where: { contactId: { in: customer.contacts.map((contact) => contact.id) }, revokedAt: null, AND: [messageVisibleTo(actor)] },
    orderBy: [{ saidAt: 'desc' }, { id: 'desc' }],
    take: LAST_SAID,
    include: { contact: { select: { name: true } }, person: { select: { name: true } } },
  })
  return {
    ...customer,
    owner: customer.owner.name,
    openChanges: await listOpenChanges(db, actor, { customerId }),
    lastSaid: said.reverse().map((message) => ({
      by: message.speaker === 'customer' ? message.contact.name : message.person.name,
      text: message.text,
      saidAt: message.saidAt,
    })),
    /** The chat that opens: where something was said last. */
    contactId: said.at(-1)?.contactId ?? customer.contacts[0]?.id ?? null,
  }
}
