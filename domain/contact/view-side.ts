import type { Reader } from '../../lib/db.js'
import type { MergeSide } from './merge.contract.js'
import { weigh } from './weigh.js'

export async function viewSide(db: Reader, contactId: string): Promise<MergeSide> {
  const contact = await db.contact.findUniqueOrThrow({
    where: { id: contactId },
    select: {
      name: true,
      corpName: true,
      customer: { select: { id: true, name: true } },
      follows: {
        where: { endedAt: null },
        select: { remarkCompany: true, person: { select: { name: true } } },
        orderBy: { since: 'asc' },
      },
    },
  })
  const { amountFen, lastAt } = await weigh(db, contactId)
  const remarked = contact.follows.find((follow) => follow.remarkCompany)?.remarkCompany
  return {
    contactId,
    name: contact.name,
    company: contact.customer?.name ?? remarked ?? contact.corpName,
    customer: contact.customer,
    reps: contact.follows.map((follow) => follow.person.name),
    lastAt: lastAt?.toISOString() ?? null,
    amountFen: Number(amountFen),
  }
}
