import type { Reader } from '../../lib/db.js'
import { noTerms } from '../requirement/fold-terms.js'
import type { Terms } from '../requirement/requirement.contract.js'

type Deal = { requirementId: string; terms: Terms }

/** The deal that words are about: the requirement whose goods they name, else the one that moved last. */
export async function findDeal(db: Reader, contactId: string, text: string): Promise<Deal | null> {
  const contact = await db.contact.findUnique({ where: { id: contactId }, select: { customerId: true } })
  return contact?.customerId ? findDealOf(db, contact.customerId, text) : null
}

/** The same of a customer: words in a group are about whom the group is tied to. */
export async function findDealOf(db: Reader, customerId: string, text: string): Promise<Deal | null> {
  const requirements = await db.requirement.findMany({
    where: { customerId, ...notUndone },
    select: {
      id: true,
      terms: true,
      createdAt: true,
      changes: { select: { capturedAt: true }, orderBy: { capturedAt: 'desc' }, take: 1 },
    },
  })
  const lastMoved = (r: (typeof requirements)[number]) => (r.changes[0]?.capturedAt ?? r.createdAt).getTime()
  const named = (r: (typeof requirements)[number]) =>
    (r.terms as Terms).items.some((item) => text.includes(item.name) || (item.spec !== null && text.includes(item.spec)))
  const [best] = requirements.sort((a, b) => Number(named(b)) - Number(named(a)) || lastMoved(b) - lastMoved(a))
  return best ? { requirementId: best.id, terms: best.terms as Terms } : null
}

/** A requirement that was opened by a capture (its first step found nothing agreed) and taken back at once was never there. */
export const notUndone = {
  NOT: {
    AND: [
      { changes: { some: { step: 1, termsBefore: { equals: noTerms } } } },
      { changes: { every: { undoneAt: { not: null } } } },
    ],
  },
}

type Spoken = { speaker: 'customer' | 'rep'; text: string }

type Chat = ({ contactId: string; personId: string } | { groupId: string }) & { before: Date }

/** What was said just before in a chat or a group, oldest first. */
export async function findContext(db: Reader, { before, ...chat }: Chat, take = 6): Promise<Spoken[]> {
  const messages = await db.message.findMany({
    where: { ...chat, saidAt: { lte: before }, revokedAt: null },
    orderBy: [{ saidAt: 'desc' }, { id: 'desc' }],
    take,
    select: { speaker: true, text: true },
  })
  return messages.reverse() as Spoken[]
}
