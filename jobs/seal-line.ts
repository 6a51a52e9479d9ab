import type { ExternalContact } from '../channels/dingtalk/contacts.js'
import { sealPhone } from '../domain/contact/contact-phones.js'
import type { ListedLine } from '../domain/listed-contact/listed-line.js'
import type { Secrets } from '../lib/secret.js'

/** The phone is sealed before anything is written; what is no number can't be called, and is left out. */
export const sealLine = (phones: Secrets, contact: ExternalContact): ListedLine => ({
  value: contact.userid,
  name: contact.name,
  phone: contact.mobile ? sealPhone(phones, contact.mobile) : null,
  company: contact.company || null,
  remark: contact.remark || null,
  follower: contact.follower,
  sharedWith: contact.sharedWith,
})
