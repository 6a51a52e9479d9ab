import * as z from 'zod'
import type { Dingtalk } from './client.js'
import { textMessage } from './robot-message.js'
import { takeAnswer } from './take-answer.js'

const api = 'robot/groupMessages/send'
const sent = z.object({ processQueryKey: z.string().min(1) })

/**
 * The robot says something in an internal group that it is in, by the group's openConversationId. Nobody can be called by @
 * here. `coolAppCode` where the robot came into the group with a cool app. No duplicate check.
 * https://open.dingtalk.com/document/development/the-robot-sends-a-group-message
 */
export async function sendToGroup(
  dingtalk: Dingtalk,
  { group, text, coolAppCode }: { group: string; text: string; coolAppCode?: string | null },
): Promise<{ messageId: string }> {
  const body = {
    robotCode: dingtalk.settings.robotCode,
    openConversationId: group,
    ...textMessage(text),
    ...(coolAppCode ? { coolAppCode } : {}),
  }
  const { processQueryKey } = takeAnswer(api, sent, await dingtalk.call('POST', `/v1.0/${api}`, { body }))
  return { messageId: processQueryKey }
}
