import type { Reader } from '../../lib/db.js'
import { normalPhone } from '../../lib/format/phone.js'
import { newId } from '../../lib/ids.js'
import { createSecrets, type Secrets } from '../../lib/secret.js'
import type { Work } from '../work.js'

/** Seals customers' phones, and hashes them to be found by. One purpose everywhere, or the hashes would never meet. */
export const contactSecrets = (dataKey: string): Secrets => createSecrets(dataKey, 'contact-phone')

export type SealedPhone = { sealed: string; hash: string }
export type PhoneSource = 'remark' | 'profile' | 'call' | 'import' | 'typed'

/** Null for what is no number: nobody could be found by it. */
export function sealPhone(secrets: Secrets, text: string): SealedPhone | null {
  const phone = normalPhone(text)
  return phone ? { sealed: secrets.seal(phone), hash: secrets.hash(phone) } : null
}

/** Each number once; where it was first heard of stays. */
export async function keepPhones(
  work: Pick<Work, 'tx' | 'now'>,
  { contactId, phones, source }: { contactId: string; phones: SealedPhone[]; source: PhoneSource },
): Promise<void> {
  if (phones.length === 0) return
  await work.tx.contactPhone.createMany({
    data: phones.map((phone) => ({ id: newId(), contactId, ...phone, source, createdAt: work.now })),
    skipDuplicates: true,
  })
}

/**
 * Whose number this is: among several contacts with it, one whom this person follows, then whoever has a company, then the
 * one we met first. A contact that proved to be another one is not looked at.
 */
export async function findContactByPhone(db: Reader, hash: string, personId: string | null): Promise<string | null> {
  const found = await db.contact.findMany({
    where: { mergedIntoId: null, phones: { some: { hash } } },
    select: { id: true, customerId: true, follows: { select: { personId: true, endedAt: true } } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  const followed = found.find((one) => one.follows.some((follow) => follow.personId === personId && !follow.endedAt))
  return (followed ?? found.find((one) => one.customerId !== null) ?? found[0])?.id ?? null
}
