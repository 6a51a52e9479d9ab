import type { Reader } from '../../lib/db.js'
import { type Actor, isRole } from '../person/actor.js'
import type { HandoverPage } from './handover.contract.js'
import { listItems } from './list-items.js'
import { customersOf, findHandover } from './open-handover.js'

const MOST_CUSTOMERS = 500

/** 交接: what is open, which customers there are and who has them by now. */
export async function getHandover(
  db: Reader,
  actor: Actor,
  { personId, now }: { personId: string; now: Date },
): Promise<HandoverPage> {
  const handover = await findHandover(db, actor, personId)
  const [items, customers, colleagues] = await Promise.all([
    listItems(db, { handoverId: handover.id, now }),
    db.customer.findMany({
      where: customersOf(handover),
      include: {
        contacts: { select: { id: true, name: true }, orderBy: { id: 'asc' } },
        _count: { select: { requirements: true } },
        gifts: {
          where: { handoverId: handover.id, undoneAt: null },
          include: { to: { select: { id: true, name: true, roles: true } }, by: { select: { name: true } } },
        },
      },
      orderBy: { name: 'asc' },
      take: MOST_CUSTOMERS,
    }),
    db.person.findMany({
      where: { leftAt: null, id: { not: personId } },
      select: { id: true, name: true, roles: true },
      orderBy: { name: 'asc' },
    }),
  ])
  const said = await db.message.groupBy({
    by: ['contactId'],
    where: { contactId: { in: customers.flatMap((customer) => customer.contacts.map((contact) => contact.id)) } },
    _max: { saidAt: true },
  })
  const last = new Map(said.map((row) => [row.contactId, row._max.saidAt?.getTime() ?? 0]))
  const brief = <P extends { roles: string[] }>(one: P) => ({ ...one, roles: one.roles.filter(isRole) })
  return {
    person: handover.person,
    leftAt: handover.at.toISOString(),
    backAt: handover.closedAt?.toISOString() ?? null,
    to: brief(handover.to),
    items,
    customers: customers.map(({ id, name, productLine, contacts, _count, gifts: [gift] }) => {
      const lastSaid = Math.max(0, ...contacts.map((contact) => last.get(contact.id) ?? 0))
      return {
        id,
        name,
        productLine,
        contacts: contacts.map((contact) => contact.name),
        requirements: _count.requirements,
        lastSaidAt: lastSaid ? new Date(lastSaid).toISOString() : null,
        gift: gift ? { batch: gift.batch, to: brief(gift.to), by: gift.by.name, at: gift.at.toISOString() } : null,
      }
    }),
    colleagues: colleagues.map(brief).sort((a, b) => Number(sells(b.roles)) - Number(sells(a.roles))),
  }
}

const sells = (roles: string[]) => roles.some((role) => ['rep', 'lead', 'manager'].includes(role))
