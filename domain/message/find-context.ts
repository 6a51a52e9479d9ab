import type { Reader } from '../../lib/db.js'
import { noTerms } from '../requirement/fold-terms.js'
import type { Terms } from '../requirement/requirement.contract.js'

/** The deal that words are about: the requirement whose goods they name, else the one that moved last. */
export async function findDeal(
  db: Reader,
  contactId: string,
  text: string,
): Promise<{ requirementId: string; terms: Terms } | null> {
  const contact = await db.contact.findUnique({ where: { id: contactId }, select: { customerId: true } })
  if (!contact?.customerId) return null
  const requirements = await db.requirement.findMany({
    where: { customerId: contact.customerId, ...notUndone },
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

/** What was said just before, oldest first. */
export async function findContext(
  db: Reader,
  chat: { contactId: string; personId: string; before: Date },
  take = 6,
): Promise<Spoken[]> {
  const messages = await db.message.findMany({
    where: { contactId: chat.contactId, personId: chat.personId, saidAt: { lte: chat.before }, revokedAt: null },
    orderBy: [{ saidAt: 'desc' }, { id: 'desc' }],
    take,
    select: { speaker: true, text: true },
  })
  return messages.reverse() as Spoken[]
}
