import { newId } from '../../lib/ids.js'
import type { Work } from '../work.js'
import { findContactByPhone, keepPhones, type SealedPhone } from './contact-phones.js'
import { holdProofs } from './hold-people.js'

/**
 * The contact with that number. Nobody has it: one that is nothing but a number, which becomes part of a contact as soon as
 * somebody is known to have it. `personId`: who of ours spoke with them, if known.
 */
export async function ensureContactOfPhone(work: Work, phone: SealedPhone, personId: string | null): Promise<string> {
  // Two calls of one new number at once must not make two people.
  await holdProofs(work, { phones: [phone.hash] })
  const known = await findContactByPhone(work.tx, phone.hash, personId)
  if (known) return known
  const contactId = newId()
  await work.tx.contact.create({ data: { id: contactId, name: '新电话联系人', provisional: true, createdAt: work.now } })
  await keepPhones(work, { contactId, phones: [phone], source: 'call' })
  if (personId) await work.tx.follow.create({ data: { contactId, personId, since: work.now, confirmedAt: work.now } })
  return contactId
}
