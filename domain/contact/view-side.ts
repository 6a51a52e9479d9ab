import type { Reader } from '../../lib/db.js'
import type { MergeSide } from './merge.contract.js'
import { weighAll } from './weigh.js'

/** Contacts as the page that compares them shows them, by id. Who may see them has been asked before. */
export async function viewSides(db: Reader, ids: string[]): Promise<Map<string, MergeSide>> {
  const contacts = await db.contact.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
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
  const weights = await weighAll(db, ids)
  return new Map(
    contacts.map(({ id, name, corpName, customer, follows }) => {
      const remarked = follows.find((follow) => follow.remarkCompany)?.remarkCompany
      const weight = weights.get(id)
      const side: MergeSide = {
        contactId: id,
        name,
        company: customer?.name ?? remarked ?? corpName,
        customer,
        reps: follows.map((follow) => follow.person.name),
        lastAt: weight?.lastAt?.toISOString() ?? null,
        amountFen: Number(weight?.amountFen ?? 0n),
      }
      return [id, side]
    }),
  )
}

export async function viewSide(db: Reader, contactId: string): Promise<MergeSide> {
  const side = (await viewSides(db, [contactId])).get(contactId)
  if (!side) throw new Error(`no contact ${contactId}`)
  return side
}
