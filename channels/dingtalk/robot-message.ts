import * as z from 'zod'
import type { Card } from '../../domain/card/card.js'
import type { Receipt } from '../channel.js'
import { cutBytes } from '../cut.js'
import { linesOf, plain } from './card.js'
import type { Dingtalk } from './client.js'
import { brokenCall } from './errors.js'
import type { Links } from './link.js'
import { takeAnswer } from './take-answer.js'

/** The page's limit is 15,000 bytes of JSON, in which a character may take twice its room. */
const maxTextBytes = 5_000

/** https://open.dingtalk.com/document/development/robot-message-type */
export type RobotMessage = { msgKey: string; msgParam: string }

const messageOf = (msgKey: string, param: Record<string, string>): RobotMessage => ({ msgKey, msgParam: JSON.stringify(param) })

export const textMessage = (text: string) => messageOf('sampleText', { content: cutBytes(text, maxTextBytes) })

/** The card for an organisation that has no card template yet: it can be read, and leads to the page where it is answered. */
export function cardMessage(card: Card, links: Links): RobotMessage {
  const quote = card.quote ? `> ${plain(card.quote.title)}：${plain(card.quote.text)}` : ''
  const parts = [`#### ${plain(card.title)}`, plain(card.desc ?? ''), quote, linesOf(card.fields), plain(card.settled ?? '')]
  const text = cutBytes(parts.filter(Boolean).join('\n\n'), maxTextBytes)
  const singleTitle = card.buttons.length > 0 && card.settled === undefined ? '去处理' : '查看'
  return messageOf('sampleActionCard', { title: plain(card.title), text, singleTitle, singleURL: links.panel(card.page) })
}

const api = 'robot/oToMessages/batchSend'
const sent = z.object({
  processQueryKey: z.string().nullish(),
  invalidStaffIdList: z.array(z.string()).nullish(),
  flowControlledStaffIdList: z.array(z.string()).nullish(),
})

/**
 * One message of the robot to one member, in their chat with it. No duplicate check: sent twice it is shown twice.
 * https://open.dingtalk.com/document/development/chatbots-send-one-on-one-chat-messages-in-batches
 */
export async function sendRobotMessage(dingtalk: Dingtalk, to: string, message: RobotMessage): Promise<Receipt> {
  const body = { robotCode: dingtalk.settings.robotCode, userIds: [to], ...message }
  const answer = takeAnswer(api, sent, await dingtalk.call('POST', `/v1.0/${api}`, { body }))
  const list = (ids: string[] | null | undefined, why: string) => (ids ?? []).map((id) => ({ to: id, why }))
  const notReached = [
    ...list(answer.invalidStaffIdList, '不是本组织成员，或不在机器人的可用范围'),
    ...list(answer.flowControlledStaffIdList, '这个成员的消息被钉钉限流'),
  ]
  if (!answer.processQueryKey && notReached.length === 0) throw brokenCall(api, 'bad-answer', { unknown: true })
  return { messageId: answer.processQueryKey || null, code: null, notReached }
}
