import { listContacts } from '../../channels/wecom/contact-pages.js'
import { keepPage } from '../../domain/follow/read-page.js'
import { defineEffect, done } from '../define.js'
import { getMember } from '../find-member.js'
import { sealProfile } from '../seal-profile.js'

/** One page of a member's customers (official page 92994); its receipt asks for the next. Reading twice is harmless. */
export default defineEffect({
  name: 'backfill-contacts',
  ifUnknown: 'repeat',
  async run({ db, wecom, outlets }, { personId, cursor }) {
    const { contacts, next } = await listContacts(wecom, { userid: await getMember(db, personId), cursor })
    const profiles = contacts.map((contact) => sealProfile(outlets.phones, contact))
    // People's names and words stay out of the row.
    const toJSON = () => ({ contacts: profiles.length, last: next === null })
    return done({ organisation: wecom.settings.corpId, profiles, next, toJSON })
  },
  keep: (work, payload, { organisation, profiles, next }) => keepPage(work, payload, { organisation, profiles, next }),
})
