import type { Deps } from '../deps.js'
import type { Chat, RobotMessage } from '../state/dingtalk/robot.js'
import { newSecret } from '../wecom/crypto.js'
import { give, type Outcome, refuse } from './answer.js'
import type { Body } from './endpoint.js'
import { type Kind, readKind } from './message-kinds.js'
import { findMember, groupById } from './people.js'
import { settingsOf } from './settings-of.js'

/** The parameter's text says 20, the error's 100: the smaller (D2). */
const MOST = 20
/** How often one member is reached a minute; the page has the field and no number (D5). */
const PER_MINUTE = 60

/** Null: it is our robot's. */
export function checkRobot(deps: Deps, robotCode: unknown): Outcome | null {
  if (!robotCode) return refuse('invalidParameter.robotCode.empty', 'robotCode不能为空')
  return robotCode === settingsOf(deps).robotCode ? null : refuse('invalidParameter.robotCode.notExsit', 'robotCode不存在')
}

/** `POST /v1.0/robot/oToMessages/batchSend` [chatbots-send-one-on-one-chat-messages-in-batches]. */
export function sendOneToOne(deps: Deps, body: Body): Outcome {
  const wrong = checkRobot(deps, body.robotCode)
  if (wrong) return wrong
  const userids = Array.isArray(body.userIds) ? [...new Set(body.userIds.map(String))] : []
  if (userids.length === 0) return refuse('invalidParameter.userIds.empty', 'userIds不能为空')
  if (userids.length > MOST) return refuse('invalidParameter.userIds.overMax', 'userIds数量超过上限')
  const kind = readKind(body.msgKey, body.msgParam)
  if ('status' in kind) return kind

  const known = userids.flatMap((userid) => findMember(deps, userid)?.dingtalk.userid ?? [])
  const invalidStaffIdList = userids.filter((userid) => !findMember(deps, userid))
  if (known.length === 0) return refuse('staffId.notExisted', '员工不存在')
  const flowControlledStaffIdList = known.filter((userid) => isFull(deps, userid))
  const reached = known.filter((userid) => !flowControlledStaffIdList.includes(userid))
  const message = say(
    deps,
    kind,
    reached.map((userid) => ({ userid })),
  )
  return {
    ...give({ processQueryKey: message.key, invalidStaffIdList, flowControlledStaffIdList }, [{ type: 'ding-said', message }]),
    dropped: flowControlledStaffIdList,
  }
}

/** `POST /v1.0/robot/groupMessages/send`: where the robot came by a 酷应用, that is named. */
export function sendToGroup(deps: Deps, body: Body): Outcome {
  const wrong = checkRobot(deps, body.robotCode)
  if (wrong) return wrong
  const group = groupById(deps, String(body.openConversationId ?? ''))
  if (!group) return refuse('invalidParameter.openConversationId.invalid', '无效的openConversationId')
  const coolApp = deps.store.state.dingtalk.robot.coolApps.get(group.id)
  if (coolApp && body.coolAppCode !== coolApp) return refuse('invalidParameter.robotCode.coolApp', '无效的coolAppCode')
  const kind = readKind(body.msgKey, body.msgParam)
  if ('status' in kind) return kind
  const message = say(deps, kind, [{ group: group.id }])
  return give({ processQueryKey: message.key }, [{ type: 'ding-said', message }])
}

export function say(deps: Deps, kind: Kind, chats: Chat[], more: Partial<RobotMessage> = {}): RobotMessage {
  return {
    key: newSecret(24),
    chats,
    by: 'api',
    ...kind,
    at: [],
    sentAt: deps.clock.business(),
    machineAt: deps.clock.machine(),
    recalled: false,
    readBy: [],
    ...more,
  }
}

function isFull(deps: Deps, userid: string): boolean {
  const since = deps.clock.machine() - 60_000
  let lately = 0
  for (const { by, chats, machineAt } of [...deps.store.state.dingtalk.robot.said.values()].reverse()) {
    if (machineAt <= since) break
    if (by === 'api' && chats.some((chat) => 'userid' in chat && chat.userid === userid)) lately += 1
  }
  return lately >= PER_MINUTE
}
