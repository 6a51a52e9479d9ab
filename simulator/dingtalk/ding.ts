import { shanghaiDay } from '../../lib/format/dates.js'
import type { Deps } from '../deps.js'
import { newSecret } from '../wecom/crypto.js'
import { give, type Outcome, refuse } from './answer.js'
import type { Body } from './endpoint.js'
import { findMember } from './people.js'
import { describeUsage } from './quota.js'
import { checkRobot } from './robot-send.js'

const MOST = { 1: 200, 2: 20, 3: 20 } as const

/** `POST /v1.0/robot/ding/send`. Each receiver counts against what the month allows, whichever way it reaches them (D6). */
export function sendDing(deps: Deps, body: Body): Outcome {
  const wrong = checkRobot(deps, body.robotCode)
  if (wrong) return wrong
  const remindType = Number(body.remindType)
  if (remindType !== 1 && remindType !== 2 && remindType !== 3) return refuse('ding.remindType.invalid', '无效的remindType')
  if (typeof body.content !== 'string' || !body.content) return refuse('ding.content.empty', 'content不能为空')
  const wanted = Array.isArray(body.receiverUserIdList) ? [...new Set(body.receiverUserIdList.map(String))] : []
  if (wanted.length === 0 || wanted.length > MOST[remindType]) return refuse('ding.receivercount.limit', '接收人数量超过限制')
  const to = wanted.flatMap((id) => findMember(deps, id)?.dingtalk.userid ?? [])
  if (spent(deps) + to.length > describeUsage(deps).quota.dings)
    return refuse('ding.serverquota.insufficient', 'DING额度不足，请购买后使用')
  const failed = wanted.filter((id) => !findMember(deps, id)).map((id) => [id, 'userId not exist'])
  if (to.length === 0) return refuse('staffId.notExisted', '员工不存在')
  const ding = { id: newSecret(18), remindType, to, content: body.content, at: deps.clock.business(), recalled: false }
  return give({ openDingId: ding.id, failedList: Object.fromEntries(failed) }, [{ type: 'ding-ding', ding }])
}

/** Every receiver of this month counts one. */
function spent(deps: Deps): number {
  const month = describeUsage(deps).month
  return [...deps.store.state.dingtalk.todos.dings.values()]
    .filter(({ at }) => shanghaiDay(new Date(at)).startsWith(month))
    .reduce((sum, { to }) => sum + to.length, 0)
}

/** `POST /v1.0/robot/ding/recall`. */
export function recallDing(deps: Deps, body: Body): Outcome {
  const wrong = checkRobot(deps, body.robotCode)
  if (wrong) return wrong
  const id = String(body.openDingId ?? '')
  if (!deps.store.state.dingtalk.todos.dings.has(id)) return refuse('ding.notExist', 'openDingId不存在')
  return give({ openDingId: id }, [{ type: 'ding-ding-recalled', id }])
}
