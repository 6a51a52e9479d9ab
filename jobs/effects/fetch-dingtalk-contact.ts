import { getExternalContact } from '../../channels/dingtalk/contacts.js'
import { endLine } from '../../domain/listed-contact/end-listed.js'
import { type Done, defineEffect, done, type Skipped, skip } from '../define.js'

/**
 * Whether an external contact that the last look did not come upon is no more (topapi/extcontact/get): pages move while
 * somebody reads. One that is still there stands on the next list. Reading twice is harmless.
 */
export default defineEffect({
  name: 'fetch-dingtalk-contact',
  ifUnknown: 'repeat',
  async run({ dingtalk }, { value }): Promise<Skipped | Done<{ organisation: string }>> {
    if (!dingtalk) return skip('DingTalk is not set up')
    if (await getExternalContact(dingtalk, value)) return skip('it is there')
    return done({ organisation: dingtalk.settings.corpId })
  },
  keep: (work, { value, run }, { organisation }) => endLine(work, { platform: 'dingtalk', organisation }, { value, run }),
})
