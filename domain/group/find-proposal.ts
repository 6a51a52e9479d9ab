import type { Reader } from '../../lib/db.js'
import { type Actor, visibleTo } from '../person/actor.js'

/** Whose group it seems to be: the customer that most of those who sit in it belong to, among those that the actor may see. */
export async function findProposal(
  db: Reader,
  actor: Actor,
  groupId: string,
): Promise<{ customerId: string; name: string; why: string } | null> {
  const members = await db.groupMember.findMany({
    where: { groupId, leftAt: null, contact: { customer: visibleTo(actor) } },
    select: { contact: { select: { customer: { select: { id: true, name: true, createdAt: true } } } } },
    orderBy: { joinedAt: 'asc' },
  })
  const found = new Map<string, { customerId: string; name: string; count: number }>()
  for (const { contact } of members) {
    const customer = contact?.customer
    if (!customer) continue
    const one = found.get(customer.id) ?? { customerId: customer.id, name: customer.name, count: 0 }
    found.set(customer.id, { ...one, count: one.count + 1 })
  }
  const [best, second] = [...found.values()].sort((a, b) => b.count - a.count)
  // Two customers of one weight in one group: nobody can tell, so a person says.
  if (!best || second?.count === best.count) return null
  return { customerId: best.customerId, name: best.name, why: `群里有 ${best.count} 位是他们的联系人` }
}
