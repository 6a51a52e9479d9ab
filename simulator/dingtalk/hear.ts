import { createHash } from 'node:crypto'
import { ControlError } from '../control/error.js'
import type { Deps } from '../deps.js'
import type { Heard } from '../state/dingtalk/robot.js'
import { newSecret } from '../wecom/crypto.js'
import type { Kind } from './message-kinds.js'
import { findMember, groupById, type Member } from './people.js'
import type { Pusher } from './pusher.js'
import { say } from './robot-send.js'
import { SESSION_MS } from './session.js'
import { settingsOf } from './settings-of.js'

export type Words = {
  userid: string
  text: string
  group?: string | undefined
  at?: boolean | undefined
  sessionMs?: number | undefined
}

/**
 * A member writes to the robot, or in a group that it sits in: there it hears only what calls it [receive-message]. Over HTTP
 * the answer may itself be a message.
 */
export async function writeToRobot(deps: Deps, pusher: Pusher, words: Words) {
  const member = findMember(deps, words.userid)
  if (!member) throw new ControlError(404, `no member ${words.userid}`)
  const { userid } = member.dingtalk
  const group = words.group === undefined ? null : groupById(deps, words.group)
  if (group === undefined || (group && !group.members.includes(userid)))
    throw new ControlError(404, `${userid} is in no group ${words.group}`)

  const chat = group ? { group: group.id } : { userid }
  const session = { id: newSecret(24), until: deps.clock.machine() + (words.sessionMs ?? SESSION_MS) }
  const atRobot = !group || (words.at ?? true)
  const message: Heard = { msgId: `msg${newSecret(24)}`, userid, chat, text: words.text, at: deps.clock.business(), atRobot }
  const heard = { type: 'ding-heard', message, session } as const
  if (!atRobot) {
    await deps.store.record(heard)
    return { msgId: message.msgId, pushId: null, answered: false }
  }
  const fact = pusher.prepare({ kind: 'robot', body: bodyOf(deps, member, message, session, group) })
  await deps.store.record(heard, fact)
  const pushed = await pusher.send(fact.id)
  const kind = readAnswer(pushed.answer)
  if (kind) await deps.store.record({ type: 'ding-said', message: say(deps, kind, [chat], { by: 'session' }) })
  return { msgId: message.msgId, pushId: fact.id, answered: pushed.ok }
}

function bodyOf(
  deps: Deps,
  { name, roles, dingtalk: { userid, unionid } }: Member,
  message: Heard,
  session: { id: string; until: number },
  group: { id: string; title: string } | null,
) {
  const { corpId, robotCode } = settingsOf(deps)
  const chatbotUserId = sealed(`robot/${robotCode}`)
  return {
    conversationId: group?.id ?? `cid${digest(`${robotCode}/${userid}`)}==`,
    conversationType: group ? '2' : '1',
    ...(group ? { conversationTitle: group.title, isInAtList: true, atUsers: [{ dingtalkId: chatbotUserId }] } : {}),
    chatbotCorpId: corpId,
    chatbotUserId,
    msgId: message.msgId,
    senderNick: name,
    isAdmin: roles.includes('admin'),
    senderStaffId: userid,
    senderUnionId: unionid,
    senderCorpId: corpId,
    senderId: sealed(`person/${userid}`),
    sessionWebhook: `http://127.0.0.1:${deps.settings.port}/robot/sendBySession?session=${session.id}`,
    sessionWebhookExpiredTime: session.until,
    createAt: message.at,
    robotCode,
    msgtype: 'text',
    // What stood after the robot's name in a group keeps its space.
    text: { content: group ? ` ${message.text}` : message.text },
  }
}

const digest = (words: string): string => createHash('sha256').update(words).digest('base64').slice(0, 22)
/** Ids that tell nobody who it is, the same each time. */
const sealed = (words: string): string => `$:LWCP_v1:$${digest(words)}==`

/** Text and markdown in the body of the HTTP answer. */
function readAnswer(answer: unknown): Kind | null {
  if (typeof answer !== 'object' || answer === null) return null
  const { msgtype, text, markdown } = answer as {
    msgtype?: unknown
    text?: { content?: unknown }
    markdown?: Record<string, unknown>
  }
  if (msgtype === 'text' && typeof text?.content === 'string') return { msgKey: 'sampleText', param: { content: text.content } }
  return msgtype === 'markdown' && typeof markdown?.text === 'string' ? { msgKey: 'sampleMarkdown', param: markdown } : null
}
