import type { Reader } from '../../lib/db.js'
import { isSameCompany } from './same-company.js'

export type Known = { customerId: string; why: 'contact' | 'phone' | 'company' | 'group' }

/**
 * The customer that a contact seems to belong to: its own, the one of somebody with the same number, the one with the name of
 * the company that its profile or a rep's remark says, the one whose group it is in. All customers of the organisation are
 * looked at, whoever's they are: that it is somebody else's customer is what has to be seen before it is made again.
 */
export async function findKnown(db: Reader, contactId: string): Promise<Known | null> {
  const contact = await db.contact.findUniqueOrThrow({
    where: { id: contactId },
    select: {
      customerId: true,
      corpName: true,
      phones: { select: { hash: true } },
      follows: { where: { remarkCompany: { not: null } }, select: { remarkCompany: true } },
      memberships: {
        where: { leftAt: null, group: { customerId: { not: null } } },
        select: { group: { select: { customerId: true } } },
      },
    },
  })
  if (contact.customerId) return { customerId: contact.customerId, why: 'contact' }
  const hashes = contact.phones.map(({ hash }) => hash)
  const byPhone = hashes.length === 0 ? null : await findByPhone(db, contactId, hashes)
  if (byPhone) return { customerId: byPhone, why: 'phone' }
  const names = [contact.corpName, ...contact.follows.map((follow) => follow.remarkCompany)].filter((name) => name !== null)
  for (const name of names) {
    const byName = await findByName(db, name)
    if (byName) return { customerId: byName, why: 'company' }
  }
  const group = contact.memberships[0]?.group.customerId
  return group ? { customerId: group, why: 'group' } : null
}

async function findByPhone(db: Reader, contactId: string, hashes: string[]): Promise<string | null> {
  const other = await db.contact.findFirst({
    where: { id: { not: contactId }, mergedIntoId: null, customerId: { not: null }, phones: { some: { hash: { in: hashes } } } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { customerId: true },
  })
  return other?.customerId ?? null
}

/** Strict: a clock that is not started for a likeness is a customer lost. */
async function findByName(db: Reader, name: string): Promise<string | null> {
  const core = name.normalize('NFKC').trim().slice(0, 2)
  if (core.length < 2) return null
  const customers = await db.customer.findMany({
    where: { name: { startsWith: core, mode: 'insensitive' } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true },
  })
  return customers.find((customer) => isSameCompany(customer.name, name))?.id ?? null
}
