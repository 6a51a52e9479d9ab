import { findGroup } from '../../domain/group/find-group.js'
import { setCoolApp } from '../../domain/group/set-cool-app.js'
import { defineEvent } from '../define.js'
import { readChat } from '../read-chat.js'

/** Our 酷应用 was taken out of a group (uninstall-cool-app-event-in-group). What was said there stays. */
export default defineEvent({
  name: 'im-cool-app-uninstall',
  async run({ work, organisation }, data) {
    const known = readChat(organisation, data)
    const group = known && (await findGroup(work, known))
    if (group) await setCoolApp(work, group.id, null)
  },
})
