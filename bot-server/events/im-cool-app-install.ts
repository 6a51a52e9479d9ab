import { fieldOf } from '../../channels/dingtalk/fields.js'
import { ensureGroup } from '../../domain/group/open-group.js'
import { setCoolApp } from '../../domain/group/set-cool-app.js'
import { defineEvent } from '../define.js'
import { readChat } from '../read-chat.js'

/**
 * Our 酷应用 was put into an internal group, and the robot came with it: what it says there has to name that 酷应用. The group's
 * name comes with the first words (install-group-extension-event-in-the-group-stream).
 */
export default defineEvent({
  name: 'im-cool-app-install',
  async run({ work, organisation }, data) {
    const known = readChat(organisation, data)
    if (!known) return
    const { id } = await ensureGroup(work, known, { fetch: false, name: '钉钉群' })
    await setCoolApp(work, id, fieldOf(data, 'coolAppCode') || null)
  },
})
