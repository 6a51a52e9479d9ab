import { fieldOf } from '../../channels/dingtalk/fields.js'
import { noteRead } from '../../domain/card/note-read.js'
import { findPersonId } from '../../domain/person/identify.js'
import { noteActive } from '../../domain/reach/note-active.js'
import { defineEvent } from '../define.js'

/** Somebody read what the robot sent: DingTalk proves it, WeCom can't (bot-message-read-event). */
export default defineEvent({
  name: 'robot-msg-read',
  async run({ work, organisation }, data) {
    const value = fieldOf(data, 'userId')
    const personId = value && (await findPersonId(work, { platform: 'dingtalk', organisation, kind: 'member', value }))
    if (!personId) return
    await noteActive(work.tx, personId, work.now, 'dingtalk')
    const handle = fieldOf(data, 'processQueryKey')
    if (handle) await noteRead(work, { personId, handle })
  },
})
