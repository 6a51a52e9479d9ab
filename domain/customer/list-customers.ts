import type { Reader } from '../../lib/db.js'
import { initialsOf } from '../../lib/format/initials.js'
import { type Actor, visibleTo } from '../person/actor.js'
import type { CustomerBrief } from './customer.contract.js'

const MOST = 1_000

/** Customers that this actor may see, the ones that spoke last first. `query` matches company and contact names, or their initials. */
export async function listCustomers(db: Reader, actor: Actor, query: string): Promise<CustomerBrief[]> {
  const like = { contains: query, mode: 'insensitive' as const }
  const byInitials = /^[a-z]+$/i.test(query) ? await findByInitials(db, actor, query.toLowerCase()) : []
  const named = { OR: [{ name: like }, { contacts: { some: { name: like } } }, { id: { in: byInitials } }] }
  const customers = await db.customer.findMany({
    where: { AND: [visibleTo(actor), query ? named : {}] },
    include: {
      owner: { select: { name: true } },
      contacts: { select: { id: true, name: true } },
      requirements: {
        select: {
          _count: { select: { changes: { where: { undoneAt: null, asks: { some: { answeredAt: null, closedAt: null } } } } } },
        },
      },
    },
    orderBy: { id: 'desc' },
    take: MOST,
  })
  // Grouped in the database: a nested `take: 1` would fetch every message of every contact.
  const said = await db.message.groupBy({
    by: ['contactId'],
    where: { contactId: { in: customers.flatMap((customer) => customer.contacts.map((contact) => contact.id)) } },
    _max: { saidAt: true },
  })
  const lastSaid = new Map(said.map((row) => [row.contactId, row._max.saidAt?.toISOString() ?? '']))
  const last = (contact: { id: string } | undefined) => (contact && lastSaid.get(contact.id)) || null
  return customers
    .map((customer) => {
      const contact = [...customer.contacts].sort((a, b) => (last(b) ?? '').localeCompare(last(a) ?? ''))[0]
      return {
        id: customer.id,
        name: customer.name,
        productLine: customer.productLine,
        owner: customer.owner.name,
        contactId: contact?.id ?? null,
        contactName: contact?.name ?? null,
        openChanges: customer.requirements.reduce((sum, requirement) => sum + requirement._count.changes, 0),
        lastSaidAt: last(contact),
      }
    })
    .sort((a, b) => (b.lastSaidAt ?? '').localeCompare(a.lastSaidAt ?? '') || a.name.localeCompare(b.name, 'zh-CN'))
}

async function findByInitials(db: Reader, actor: Actor, query: string): Promise<string[]> {
  const customers = await db.customer.findMany({
    where: visibleTo(actor),
    select: { id: true, name: true, contacts: { select: { name: true } } },
    orderBy: { id: 'desc' },
  })
  const isMeant = (name: string) => initialsOf(name).includes(query)
  return customers
    .filter(({ name, contacts }) => isMeant(name) || contacts.some((contact) => isMeant(contact.name)))
    .slice(0, MOST)
    .map(({ id }) => id)
}
