import type { Deps } from '../deps.js'
import type { RobotMessage } from '../state/dingtalk/robot.js'
import { give, type Outcome, refuse } from './answer.js'
import type { Body, Input } from './endpoint.js'
import { findMember, groupById } from './people.js'
import { checkRobot } from './robot-send.js'

/** Of how old a message may still be told and taken back: a day for recalls, seven for who read it. Business time. */
const RECALL_MS = 24 * 3_600_000
const READ_MS = 7 * 24 * 3_600_000

const ofApi = (deps: Deps, key: string): RobotMessage | undefined => {
  const message = deps.store.state.dingtalk.robot.said.get(key)
  return message?.by === 'api' ? message : undefined
}

/** `GET /v1.0/robot/oToMessages/readStatus`. */
export function readStatus(deps: Deps, { query }: Input): Outcome {
  const wrong = checkRobot(deps, query.get('robotCode'))
  if (wrong) return wrong
  const message = ofApi(deps, query.get('processQueryKey') ?? '')
  if (!message || deps.clock.business() - message.sentAt > READ_MS)
    return refuse('invalidParameter.processQueryKey.invalid', '无效的processQueryKey')
  const messageReadInfoList = message.chats.flatMap((chat) => {
    if (!('userid' in chat)) return []
    const read = message.readBy.find(({ userid }) => userid === chat.userid)
    const name = findMember(deps, chat.userid)?.name ?? ''
    return { userId: chat.userid, name, readStatus: read ? 'READ' : 'UNREAD', ...(read ? { readTimestamp: read.at } : {}) }
  })
  return give({ sendStatus: message.recalled ? 'RECALLED' : 'SUCCESS', messageReadInfoList })
}

/** `POST /v1.0/robot/groupMessages/query`. */
export function groupReadStatus(deps: Deps, { body }: Input): Outcome {
  const wrong = checkRobot(deps, body.robotCode)
  if (wrong) return wrong
  const message = ofApi(deps, String(body.processQueryKey ?? ''))
  if (!message) return refuse('invalidParameter.processQueryKey.invalid', '无效的processQueryKey')
  const readUserIds = message.readBy.map(({ userid }) => userid)
  return give({ sendStatus: message.recalled ? 'RECALLED' : 'SUCCESS', readUserIds, hasMore: false })
}

/** `POST /v1.0/robot/otoMessages/batchRecall` and `/groupMessages/recall`: which went and which did not, by key. */
export function recall(deps: Deps, body: Body, where: 'oto' | 'group'): Outcome {
  const wrong = checkRobot(deps, body.robotCode)
  if (wrong) return wrong
  if (where === 'group' && !groupById(deps, String(body.openConversationId ?? '')))
    return refuse('invalidParameter.openConversationId.invalid', '无效的openConversationId')
  const keys = Array.isArray(body.processQueryKeys) ? body.processQueryKeys.map(String) : []
  if (keys.length === 0) return refuse('invalidParameter.processQueryKeys.empty', 'processQueryKeys不能为空')
  const failedResult: Record<string, string> = {}
  for (const key of keys) {
    const message = ofApi(deps, key)
    const isThere = message?.chats.every((chat) =>
      where === 'oto' ? 'userid' in chat : 'group' in chat && chat.group === body.openConversationId,
    )
    if (!message || !isThere) failedResult[key] = '消息不存在'
    else if (message.recalled) failedResult[key] = '消息已撤回'
    else if (deps.clock.business() - message.sentAt > RECALL_MS) failedResult[key] = '消息超过24小时，不能撤回'
  }
  const successResult = keys.filter((key) => !(key in failedResult))
  return give({ successResult, failedResult }, successResult.length > 0 ? [{ type: 'ding-recalled', keys: successResult }] : [])
}
