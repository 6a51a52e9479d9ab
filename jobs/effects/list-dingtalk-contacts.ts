import { listExternalContacts } from '../../channels/dingtalk/contacts.js'
import { keepListed } from '../../domain/listed-contact/keep-listed.js'
import { defineEffect, done, skip } from '../define.js'
import { sealLine } from '../seal-line.js'

const SIZE = 100

/**
 * One page of DingTalk's external contacts (topapi/extcontact/list, D:queries-the-external-contact-list); its receipt asks for
 * the next. Reading twice is harmless.
 */
export default defineEffect({
  name: 'list-dingtalk-contacts',
  ifUnknown: 'repeat',
  async run({ dingtalk, outlets }, { offset }) {
    if (!dingtalk) return skip('DingTalk is not set up')
    const { contacts, more } = await listExternalContacts(dingtalk, { offset, size: SIZE })
    const lines = contacts.map((contact) => sealLine(outlets.phones, contact))
    // People's names and numbers stay out of the row.
    return done({ organisation: dingtalk.settings.corpId, lines, more, toJSON: () => ({ contacts: lines.length, more }) })
  },
  keep: keepListed,
})
