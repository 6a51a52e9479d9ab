import type { ExternalContact } from '../channels/wecom/read-contact.js'
import { sealPhone } from '../domain/contact/contact-phones.js'
import type { Profile } from '../domain/follow/profile.js'
import type { Secrets } from '../lib/secret.js'

/** Phones are sealed before anything is written; what is no number can't be called, and is left out. */
export const sealProfile = (phones: Secrets, contact: ExternalContact): Profile => ({
  ...contact,
  follows: contact.follows.map((follow) => ({
    ...follow,
    phones: follow.phones.map((phone) => sealPhone(phones, phone)).filter((phone) => phone !== null),
  })),
})
