import { fieldOf } from '../../channels/dingtalk/fields.js'
import { defineEvent } from '../define.js'

/** What the robot sent was taken back, by us or in the client: it is not there any more (bot-message-withdrawal-event). */
export default defineEvent({
  name: 'robot-msg-recall',
  async run({ work }, data) {
    const handle = fieldOf(data, 'processQueryKey')
    if (!handle) return
    await work.tx.cardCopy.updateMany({
      where: { handle, platform: 'dingtalk', recalledAt: null },
      data: { recalledAt: work.now },
    })
  },
})
