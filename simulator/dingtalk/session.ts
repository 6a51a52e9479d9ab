import type { Deps } from '../deps.js'
import { giveOld, type Outcome, refuseOld } from './answer.js'
import type { Body, Input } from './endpoint.js'
import type { Kind } from './message-kinds.js'
import { findMember, groupById } from './people.js'
import { say } from './robot-send.js'

/** All three examples of the page span about so much. */
export const SESSION_MS = 90 * 60_000

/** `POST /robot/sendBySession?session=`: into the chat it was given for, while it lasts. Whoever has it may write. */
export function sendBySession(deps: Deps, { query, body }: Input): Outcome {
  const session = deps.store.state.dingtalk.robot.sessions.get(query.get('session') ?? '')
  // Seen on the real host, expired and unknown alike.
  if (!session || session.until <= deps.clock.machine()) return refuseOld(300001, 'session 不存在')
  const kind = readWebhook(body)
  if ('status' in kind) return kind
  const message = say(deps, kind, [session.chat], { by: 'session', at: called(deps, body, session.chat) })
  return giveOld({}, [{ type: 'ding-said', message }])
}

/** Kinds of a webhook's message, in the names of the API's. */
function readWebhook(body: Body): Kind | Outcome {
  const part = (name: string) => (typeof body[name] === 'object' && body[name] ? (body[name] as Body) : {})
  const need = (msgKey: string, param: Body, names: string[]): Kind | Outcome =>
    names.every((name) => typeof param[name] === 'string' && param[name] !== '')
      ? { msgKey, param }
      : refuseOld(400106, `${names.join('、')}不能为空`)
  switch (body.msgtype) {
    case 'text':
      return need('sampleText', part('text'), ['content'])
    case 'markdown':
      return need('sampleMarkdown', part('markdown'), ['title', 'text'])
    case 'link':
      return need('sampleLink', part('link'), ['title', 'text', 'messageUrl'])
    case 'actionCard': {
      const card = part('actionCard')
      const btns = Array.isArray(card.btns) ? (card.btns as Body[]) : []
      if (btns.length === 0) return need('sampleActionCard', card, ['title', 'text', 'singleTitle', 'singleURL'])
      const actions = btns.map(({ title, actionURL }, n) => [
        [`actionTitle${n + 1}`, title],
        [`actionURL${n + 1}`, actionURL],
      ])
      return need(`sampleActionCard${btns.length}`, { ...card, ...Object.fromEntries(actions.flat()) }, ['title', 'text'])
    }
    default:
      return refuseOld(400105, '不支持的消息类型')
  }
}

function called(deps: Deps, body: Body, chat: { userid: string } | { group: string }): string[] {
  const at = (typeof body.at === 'object' && body.at ? body.at : {}) as Body
  const group = 'group' in chat ? groupById(deps, chat.group) : undefined
  if (!group) return []
  if (at.isAtAll === true) return group.members
  const named = Array.isArray(at.atUserIds) ? at.atUserIds.map(String) : []
  return named.filter((userid) => group.members.includes(findMember(deps, userid)?.dingtalk.userid ?? ''))
}
