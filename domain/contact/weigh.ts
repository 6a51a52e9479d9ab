import type { Reader } from '../../lib/db.js'

/** What decides which of two contacts stays: the deals with them, whether they have an account, when we last spoke. */
export type Weight = { contactId: string; amountFen: bigint; lastAt: Date | null; hasAccount: boolean; createdAt: Date }

export async function weigh(db: Reader, contactId: string): Promise<Weight> {
  const contact = await db.contact.findUniqueOrThrow({
    where: { id: contactId },
    select: { createdAt: true, identities: { where: { kind: 'external' }, select: { id: true }, take: 1 } },
  })
  const deals = await db.opportunity.aggregate({ where: { contactId, undoneAt: null }, _sum: { amountFen: true } })
  const said = await db.message.aggregate({ where: { contactId }, _max: { saidAt: true } })
  const touched = await db.touch.aggregate({ where: { contactId }, _max: { at: true } })
  const last = [said._max.saidAt, touched._max.at].filter((at) => at !== null).sort((a, b) => b.getTime() - a.getTime())
  return {
    contactId,
    amountFen: deals._sum.amountFen ?? 0n,
    lastAt: last[0] ?? null,
    hasAccount: contact.identities.length > 0,
    createdAt: contact.createdAt,
  }
}
