import * as z from 'zod'
import { ChannelError } from '../channel-error.js'
import type { Dingtalk } from './client.js'

const api = 'robot/otoMessages/batchRecall'
const answer = z.object({ failedResult: z.record(z.string(), z.string()).nullish() })

/**
 * Takes one message of the robot to one member back, by its processQueryKey, within 24 hours.
 * https://open.dingtalk.com/document/development/batch-message-recall-chat
 */
export async function recallMessage(dingtalk: Dingtalk, messageId: string): Promise<void> {
  const body = { robotCode: dingtalk.settings.robotCode, processQueryKeys: [messageId] }
  const { failedResult } = answer.parse(await dingtalk.call('POST', `/v1.0/${api}`, { body }))
  if (failedResult && messageId in failedResult)
    throw new ChannelError({ method: api, code: 'recall-failed', kind: 'give-up', hint: '消息没有撤回：可能已超过 24 小时' })
}
