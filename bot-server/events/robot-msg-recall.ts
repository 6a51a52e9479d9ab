import { fieldOf } from '../../channels/dingtalk/fields.js'
import { noteTakenBack } from '../../domain/card/note-taken-back.js'
import { defineEvent } from '../define.js'

/** What the robot sent was taken back, by us or in the client (bot-message-withdrawal-event). */
export default defineEvent({
  name: 'robot-msg-recall',
  async run({ work }, data) {
    const handle = fieldOf(data, 'processQueryKey')
    if (handle) await noteTakenBack(work, handle)
  },
})
