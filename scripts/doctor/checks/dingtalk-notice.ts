import { ChannelError } from '../../../channels/channel-error.js'
import { broken, type Check, ok } from '../check.js'
import { askingDingtalk, dingtalkPage } from '../dingtalk.js'

/**
 * Asks for the progress of a task that is none: an AgentId of another app is refused before the task is looked for. One paid
 * call. https://open.dingtalk.com/document/development/obtain-the-sending-progress-of-asynchronous-sending-of-enterprise-session
 */
const check: Check = {
  name: 'dingtalk-notice',
  title: '钉钉工作通知',
  run: askingDingtalk(async ({ api, config }) => {
    const body = { agent_id: config.agentId, task_id: 1 }
    try {
      await api.oapi('topapi/message/corpconversation/getsendprogress', { body, reads: true })
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error
      if (error.code === 40056 || error.code === 41011)
        return broken(`DINGTALK_AGENT_ID 不是这个应用的（${error.code}）`, `到${dingtalkPage}的「凭证与基础信息」复制 AgentId`)
      // It said no to the task, not to us.
      if (error.kind !== 'give-up') throw error
    }
    return ok(`AgentId ${config.agentId} 可以发工作通知（没有试发）`)
  }),
}
export default check
