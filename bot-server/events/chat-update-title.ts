import { fieldOf } from '../../channels/dingtalk/fields.js'
import { findGroup } from '../../domain/group/find-group.js'
import { renameGroup } from '../../domain/group/rename-group.js'
import { defineEvent } from '../define.js'
import { readChat } from '../read-chat.js'

/** A group has another name (group-session-change-group-name). Groups that nobody has met stay unknown. */
export default defineEvent({
  name: 'chat-update-title',
  async run({ work, organisation }, data) {
    const known = readChat(organisation, data)
    const group = known && (await findGroup(work, known))
    if (group) await renameGroup(work, group.id, fieldOf(data, 'title'))
  },
})
