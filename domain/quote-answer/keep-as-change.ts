import type { Prisma } from '../../lib/db.js'
import type { ChangeType, Slot } from '../message/message.contract.js'
import { appendStep, openRequirement } from '../requirement/capture-change.js'
import { titleOf } from '../requirement/title-of.js'
import type { Work } from '../work.js'
import type { HeldByToken } from './hold-by-token.js'

/** What words ask for, beside what stands: the understanding belongs to whoever hears. */
export type ReadWords = (
  work: Work,
  customerId: string,
  words: string,
) => Promise<{ types: ChangeType[]; slots: Slot[]; requirementId: string | null }>

/** `contactId`: who wrote it, where the platform said so. */
type Wish = { id: string; words: string; contactId: string | null; read: ReadWords }

/**
 * 我想调整 is a step on the requirement's chain, with the customer's own words as evidence; colleagues are asked as after any
 * capture. A quote that came out of no requirement opens one. Null: nobody of the customer is known, so it stays an answer.
 */
export async function keepAsChange(work: Work, { quote, version }: HeldByToken, { id, words, contactId, read }: Wish) {
  const { customerId } = quote
  const contact = await findSpeaker(work, { customerId, said: contactId, quoted: quote.contactId })
  if (!contact) return null
  const owner = await work.tx.person.findUniqueOrThrow({
    where: { id: quote.ownerId },
    select: { id: true, name: true, teamId: true },
  })
  const { types, slots, requirementId: near } = await read(work, customerId, words)
  const note = `客户在报价 ${quote.number} v${version.version} 的页面上提出`
  const evidence = [
    { messageId: id, speaker: 'customer', name: contact.name, text: words, saidAt: work.now.toISOString(), source: 'quote' },
  ]
  const requirementId =
    quote.requirementId ?? near ?? (await openRequirement(work, customerId, titleOf({ slots, note: null }, evidence)))
  if (!quote.requirementId) await work.tx.quote.update({ where: { id: quote.id }, data: { requirementId } })
  return appendStep(
    work,
    { personId: owner.id, name: owner.name, roles: [], teamId: owner.teamId },
    {
      ...{ customerId, requirementId, contactId: contact.id, note, evidence, corrects: null },
      types: types.length > 0 ? types : ['其他'],
      slots: slots as unknown as Prisma.InputJsonValue,
    },
  )
}

type Speakers = { customerId: string; said: string | null; quoted: string | null }

/** Who spoke: whom the platform named, else whom it was sent to, else whoever of the customer we have known longest. */
async function findSpeaker(work: Work, { customerId, said, quoted }: Speakers) {
  const known = await work.tx.contact.findMany({
    where: { customerId, mergedIntoId: null },
    select: { id: true, name: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return known.find(({ id }) => id === said) ?? known.find(({ id }) => id === quoted) ?? known[0]
}
