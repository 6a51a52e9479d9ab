import { listGroupChats } from '../../channels/wecom/group-chat.js'
import { spreadGroups } from '../../domain/group/spread-groups.js'
import { defineEffect, done } from '../define.js'

/** A page of the customer groups that ours own (official page 92120). Reading twice is harmless. */
export default defineEffect({
  name: 'list-groups',
  ifUnknown: 'repeat',
  async run({ wecom }, { cursor }) {
    return done({ organisation: wecom.settings.corpId, ...(await listGroupChats(wecom, cursor)) })
  },
  keep: (work, payload, page) => spreadGroups(work, payload, page),
})
