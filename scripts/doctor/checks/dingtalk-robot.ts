import { ChannelError } from '../../../channels/channel-error.js'
import { type Check, look, ok } from '../check.js'
import { askingDingtalk } from '../dingtalk.js'

/**
 * A message to nobody: refused for that, once robot and right are in order, and no one hears of it. One paid call.
 * https://open.dingtalk.com/document/development/chatbots-send-one-on-one-chat-messages-in-batches
 */
const check: Check = {
  name: 'dingtalk-robot',
  title: '钉钉机器人',
  run: askingDingtalk(async ({ api, config }) => {
    const body = { robotCode: config.robotCode, userIds: [], msgKey: 'sampleText', msgParam: '{"content":"x"}' }
    try {
      await api.call('POST', '/v1.0/robot/oToMessages/batchSend', { body, reads: true })
      return look('钉钉收下了一条没有收件人的消息，看不出机器人对不对')
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error
      if (/userIds\.empty|staffId/i.test(String(error.code)))
        return ok(`RobotCode ${config.robotCode} 可以发单聊消息（没有试发）`)
      throw error
    }
  }),
}
export default check
