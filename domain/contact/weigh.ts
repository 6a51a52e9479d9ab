import type { Reader } from '../../lib/db.js'

/** What decides which of two contacts stays: the deals with them, whether they have an account, when we last spoke. */
export type Weight = { contactId: string; amountFen: bigint; lastAt: Date | null; hasAccount: boolean; createdAt: Date }

export async function weigh(db: Reader, contactId: string): Promise<Weight> {
  const weight = (await weighAll(db, [contactId])).get(contactId)
  if (!weight) throw new Error(`no contact ${contactId}`)
  return weight
}

/** By id: as many statements for a page of contacts as for one. */
export async function weighAll(db: Reader, ids: string[]): Promise<Map<string, Weight>> {
  const of = { by: ['contactId' as const], where: { contactId: { in: ids } } }
  const contacts = await db.contact.findMany({
    where: { id: { in: ids } },
    select: { id: true, createdAt: true, identities: { where: { kind: 'external' }, select: { id: true }, take: 1 } },
  })
  const deals = await db.opportunity.groupBy({
    ...of,
    where: { contactId: { in: ids }, undoneAt: null },
    _sum: { amountFen: true },
  })
  const said = await db.message.groupBy({ ...of, _max: { saidAt: true } })
  const touched = await db.touch.groupBy({ ...of, _max: { at: true } })
  const amounts = new Map(deals.map((row) => [row.contactId, row._sum.amountFen]))
  const lasts = new Map<string | null, Date>()
  for (const { contactId, at } of [
    ...said.map((row) => ({ contactId: row.contactId, at: row._max.saidAt })),
    ...touched.map((row) => ({ contactId: row.contactId, at: row._max.at })),
  ])
    if (at && at.getTime() > (lasts.get(contactId)?.getTime() ?? 0)) lasts.set(contactId, at)
  return new Map(
    contacts.map(({ id, createdAt, identities }) => [
      id,
      {
        contactId: id,
        amountFen: amounts.get(id) ?? 0n,
        lastAt: lasts.get(id) ?? null,
        hasAccount: identities.length > 0,
        createdAt,
      },
    ]),
  )
}
