import { Refused } from '../../lib/errors.js'
import type { Secrets } from '../../lib/secret.js'
import { record } from '../audit/record.js'
import { keepPhones, sealPhone } from '../contact/contact-phones.js'
import { holdPeople } from '../contact/hold-people.js'
import { resolveContact } from '../contact/resolve-contact.js'
import { type Actor, contactVisibleTo } from '../person/actor.js'
import type { Work } from '../work.js'

/** A number that a rep knows and nobody wrote down yet. Who is nothing but that number so far proves to be this contact. */
export async function addPhone(
  work: Work,
  actor: Actor,
  { contactId, phone, phones }: { contactId: string; phone: string; phones: Secrets },
): Promise<void> {
  const contact = await work.tx.contact.findFirst({ where: { id: contactId, ...contactVisibleTo(actor) }, select: { id: true } })
  if (!contact) throw new Refused('unknown-contact', '没有找到这位联系人，或者他不归你跟进', 404)
  const sealed = sealPhone(phones, phone)
  if (!sealed) throw new Refused('bad-phone', '号码不完整：手机 11 位，座机带区号')
  const [id = contactId] = await holdPeople(work, [contactId], { phones: [sealed.hash] })
  await keepPhones(work, { contactId: id, phones: [sealed], source: 'typed' })
  await resolveContact(work, id)
  await record(work, { actor: actor.personId, verb: 'contact-phone-added', subject: `contact:${contactId}`, content: {} })
  work.touched.add(`chat:${contactId}`)
}
