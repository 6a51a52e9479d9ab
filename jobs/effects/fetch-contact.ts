import { getContact } from '../../channels/wecom/contact.js'
import { keepProfile } from '../../domain/customer/keep-profile.js'
import { GiveUp } from '../../lib/errors.js'
import { defineEffect, done } from '../define.js'

/** A customer's profile, and which of ours really know them (official page 92114). Reading twice is harmless. */
export default defineEffect({
  name: 'fetch-contact',
  ifUnknown: 'repeat',
  async run({ db, wecom }, { contactId }) {
    const identity = await db.identity.findFirst({ where: { contactId, platform: 'wecom', kind: 'external' } })
    if (!identity) throw new GiveUp('contact without an external id')
    const profile = await getContact(wecom, identity.value)
    return done({ name: profile.name, company: profile.company, followers: profile.follows.map((follow) => follow.userid) })
  },
  keep: (work, { contactId }, profile) => keepProfile(work, contactId, profile),
})
