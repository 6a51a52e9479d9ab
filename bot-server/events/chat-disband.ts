import { findGroup } from '../../domain/group/find-group.js'
import { dismissGroup } from '../../domain/group/keep-group.js'
import { defineEvent } from '../define.js'
import { readChat } from '../read-chat.js'

/** A group is no more (group-session-disband-group). */
export default defineEvent({
  name: 'chat-disband',
  async run({ work, organisation }, data, at) {
    const known = readChat(organisation, data)
    const group = known && (await findGroup(work, known))
    if (group) await dismissGroup(work, group.id, at)
  },
})
