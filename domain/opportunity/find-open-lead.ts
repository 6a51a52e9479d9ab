import type { Reader } from '../../lib/db.js'

export const openLead = { undoneAt: null, invalidAt: null, quotedAt: null } as const

type Whose = { customerId: string; contactId?: string | null; before: Date }

/**
 * The lead that a price for this customer belongs to, where nobody named one: that of the same person, else the newest of the
 * customer. Of leads that are valid and wait for a price.
 */
export async function findOpenLead(db: Reader, { customerId, contactId = null, before }: Whose): Promise<string | null> {
  const leads = await db.opportunity.findMany({
    where: { ...openLead, createdAt: { lte: before }, OR: [{ customerId }, { contact: { customerId } }] },
    select: { id: true, contactId: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
  return (leads.find((lead) => contactId !== null && lead.contactId === contactId) ?? leads[0])?.id ?? null
}
