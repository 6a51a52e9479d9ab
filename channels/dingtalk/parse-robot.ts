import { z } from 'zod'
import type { Heard, RobotSession } from '../channel.js'
import { fieldOf, type Json, readObject } from './fields.js'
import { memberOf, read, time } from './parse.js'

const message = z.object({
  msgId: z.string().default(''),
  msgtype: z.string().default('text'),
  senderStaffId: z.string().optional(),
  senderId: z.string().default(''),
  senderCorpId: z.string().default(''),
  conversationId: z.string().min(1),
  conversationType: z.union([z.string(), z.number()]).transform(String).default('1'),
  conversationTitle: z.string().default(''),
  sessionWebhook: z.string().optional(),
  sessionWebhookExpiredTime: time.optional(),
  createAt: time,
  text: z.unknown().optional(),
  content: z.unknown().optional(),
})
type Message = z.infer<typeof message>

/**
 * `body` of an inbox row of source `dingtalk-robot`: what somebody said to the robot, alone or in a group (there only what
 * begins with its name). Somebody who is not one of ours, or a robot that is not published yet, comes without a userid.
 * https://open.dingtalk.com/document/development/receive-message
 */
export function parseRobot(body: string, corpId: string): Heard {
  const told = read(message, body, 'robot message')
  const at = new Date(told.createAt)
  const session = sessionOf(told)
  const { senderStaffId, senderCorpId, msgId: messageId } = told
  // An organisation names its members as it likes: in a group of several, another's may bear the userid of one of ours.
  const isOurs = senderCorpId === '' || senderCorpId === corpId
  if (!senderStaffId || !isOurs)
    return { kind: 'happened', event: 'robot-stranger', data: { sender: told.senderId, session }, at }
  const { text, unread } = wordsOf(told)
  const said = { kind: 'said', from: memberOf(senderStaffId, corpId), text, messageId, at, session } as const
  return unread ? { ...said, unread } : said
}

/** What can't be read, as people call it. */
const names: Record<string, string> = { picture: '图片', file: '文件', video: '视频', audio: '语音' }

function wordsOf({ msgtype, text, content }: Message): { text: string; unread?: string } {
  const parts = readObject(content) ?? {}
  if (msgtype === 'text') return { text: fieldOf(readObject(text) ?? parts, 'content').trim() }
  if (msgtype === 'richText') {
    const words = joinRichText(parts.richText)
    return words ? { text: words } : { text: '', unread: '图片' }
  }
  // The platform has already written down what was spoken; in a group it may not have.
  if (msgtype === 'audio') {
    const spoken = fieldOf(parts, 'recognition').trim()
    if (spoken) return { text: spoken }
  }
  return { text: '', unread: names[msgtype] ?? '这种消息' }
}

/** Words and pictures in turn: the words, as they were written. */
function joinRichText(parts: unknown): string {
  if (!Array.isArray(parts)) return ''
  return parts
    .map((part) => fieldOf((readObject(part) ?? {}) as Json, 'text'))
    .join('')
    .trim()
}

function sessionOf(told: Message): RobotSession {
  const session = sessionIn(told.sessionWebhook)
  const until = told.sessionWebhookExpiredTime
  return {
    conversationId: told.conversationId,
    group: told.conversationType === '2' ? { title: told.conversationTitle } : null,
    webhook: session && until ? { session, until: new Date(until) } : null,
  }
}

/** The address is not ours to believe: whoever could send us one would have our answers. Only its session is taken. */
function sessionIn(webhook: string | undefined): string | null {
  return webhook && URL.canParse(webhook) ? new URL(webhook).searchParams.get('session') : null
}
