import { newId } from '../../lib/ids.js'
import { proposeCustomer } from '../first-contact/propose-customer.js'
import type { Work } from '../work.js'
import { chooseWinner } from './choose-winner.js'
import { findSamePerson } from './find-same-person.js'
import { holdPeople, holdProofs } from './hold-people.js'
import { merge } from './merge.js'

/**
 * More is known of a contact (numbers, the union id, a company): whoever proves to be the same person is one contact from now
 * on, and a customer whom they seem to belong to is proposed. Returns the contact to go on with.
 */
export async function resolveContact(work: Work, contact: string, facts: { unionid?: string } = {}): Promise<string> {
  const unionids = facts.unionid ? [facts.unionid] : []
  let [contactId = contact] = await holdPeople(work, [contact], { unionids })
  if (facts.unionid) await keepUnionid(work, contactId, facts.unionid)
  for (;;) {
    const phones = await work.tx.contactPhone.findMany({ where: { contactId }, select: { hash: true } })
    // Held already, but for numbers that the one who just joined brought along.
    await holdProofs(work, { phones: phones.map(({ hash }) => hash) })
    const same = await findSamePerson(work.tx, contactId, facts.unionid)
    if (!same) break
    const { winnerId, loserId } = await chooseWinner(work.tx, contactId, same.contactId)
    await merge(work, { winnerId, loserId, byId: null, why: same.why })
    contactId = winnerId
  }
  await proposeCustomer(work, contactId)
  return contactId
}

/** One union id is one person, whoever tells of it first. */
async function keepUnionid(work: Work, contactId: string, unionid: string): Promise<void> {
  const external = await work.tx.identity.findFirst({
    where: { contactId, kind: 'external' },
    select: { platform: true, organisation: true },
  })
  if (!external) return
  // ON CONFLICT DO NOTHING waits for the other's commit: then it is found.
  await work.tx.identity.createMany({
    data: { id: newId(), ...external, kind: 'unionid', value: unionid, contactId },
    skipDuplicates: true,
  })
}
