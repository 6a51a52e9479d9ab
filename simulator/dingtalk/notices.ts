import { createHash, randomInt } from 'node:crypto'
import { shanghaiDay } from '../../lib/format/dates.js'
import type { Deps } from '../deps.js'
import type { Forbidden, Notice } from '../state/dingtalk/notices.js'
import { giveOld, type Outcome, refuseOld } from './answer.js'
import { isRefusal } from './card-check.js'
import { departmentOf, ROOT } from './departments.js'
import type { Body } from './endpoint.js'
import { readNotice } from './notice-kinds.js'
import { findMember, type Member, members } from './people.js'
import { settingsOf } from './settings-of.js'

const DAY_MS = 24 * 3_600_000
const PER_DAY = 500
const PER_MINUTE = 5_000
const MOST = 100

const checkAgent = (deps: Deps, id: unknown): Outcome | null =>
  Number(id) === settingsOf(deps).agentId ? null : refuseOld(40_056, '不合法的agentid')

/**
 * `POST /topapi/message/corpconversation/asyncsend_v2`. Over a limit it says success all the same and the member gets nothing:
 * only the result tells.
 */
export function sendNotice(deps: Deps, body: Body): Outcome {
  const agent = checkAgent(deps, body.agent_id)
  if (agent) return agent
  const msg = readNotice(body.msg)
  if (isRefusal(msg)) return msg
  const wanted = recipients(deps, body)
  if ('status' in wanted) return wanted
  const digest = createHash('sha256').update(JSON.stringify(msg)).digest('hex')
  const forbidden = wanted.known.flatMap((userid) => refusal(deps, userid, digest, wanted.known.length) ?? [])
  const notice: Notice = {
    taskId: randomInt(10_000_000_000, 99_999_999_999),
    digest,
    msg,
    to: wanted.known.filter((userid) => !forbidden.some((one) => one.userid === userid)),
    invalid: wanted.invalid,
    forbidden,
    at: deps.clock.business(),
    machineAt: deps.clock.machine(),
    recalled: false,
    readBy: [],
  }
  const dropped = forbidden.map(({ userid }) => userid)
  return { ...giveOld({ task_id: notice.taskId }, [{ type: 'ding-notice', notice }]), dropped }
}

function recipients(deps: Deps, body: Body): { known: string[]; invalid: string[] } | Outcome {
  const all = members(deps)
  const ids = (found: Member[]) => found.map(({ dingtalk }) => dingtalk.userid)
  if (String(body.to_all_user) === 'true') return { known: ids(all), invalid: [] }
  const named = split(body.userid_list)
  const parts = split(body.dept_id_list).map(Number)
  if (named.length === 0 && parts.length === 0) return refuseOld(400_002, '无效的参数：userid_list')
  if (named.length > MOST || parts.length > 20) return refuseOld(400_002, '无效的参数：接收人超过上限')
  const inParts = all.filter((member) => parts.includes(ROOT) || parts.includes(departmentOf(deps, member)))
  const known = [...named.flatMap((id) => findMember(deps, id)?.dingtalk.userid ?? []), ...ids(inParts)]
  return { known: [...new Set(known)], invalid: named.filter((id) => !findMember(deps, id)) }
}

const split = (list: unknown): string[] =>
  String(list ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)

/** By the story's day; per minute by the machine's. */
function refusal(deps: Deps, userid: string, digest: string, many: number): Forbidden | null {
  const today = shanghaiDay(new Date(deps.clock.business()))
  const all = [...deps.store.state.dingtalk.notices.values()]
  const own = all.filter((one) => one.to.includes(userid) && shanghaiDay(new Date(one.at)) === today)
  if (own.some((one) => one.digest === digest)) return { code: '143106', count: 1, userid }
  if (own.length >= PER_DAY) return { code: '143105', count: PER_DAY, userid }
  const since = deps.clock.machine() - 60_000
  const lately = all.filter((one) => one.machineAt > since).reduce((sum, one) => sum + one.to.length, 0)
  return lately + many > PER_MINUTE ? { code: '143104', count: PER_MINUTE, userid } : null
}

/** A task of the last day. */
function find(deps: Deps, body: Body, id: unknown): Notice | Outcome {
  const agent = checkAgent(deps, body.agent_id)
  if (agent) return agent
  const notice = deps.store.state.dingtalk.notices.get(Number(id))
  if (!notice || deps.clock.business() - notice.at > DAY_MS) return refuseOld(400_002, '无效的参数：task_id')
  return notice
}

/** `POST /topapi/message/corpconversation/getsendresult`. */
export function getSendResult(deps: Deps, body: Body): Outcome {
  const notice = find(deps, body, body.task_id)
  if ('status' in notice) return notice
  return giveOld({
    send_result: {
      invalid_user_id_list: notice.invalid,
      forbidden_user_id_list: notice.forbidden.map(({ userid }) => userid),
      failed_user_id_list: [],
      read_user_id_list: notice.readBy,
      unread_user_id_list: notice.to.filter((userid) => !notice.readBy.includes(userid)),
      invalid_dept_id_list: [],
      forbidden_list: notice.forbidden,
    },
  })
}

/** `POST /topapi/message/corpconversation/getsendprogress`: here it is over at once. */
export function getSendProgress(deps: Deps, body: Body): Outcome {
  const notice = find(deps, body, body.task_id)
  return 'status' in notice ? notice : giveOld({ progress: { progress_in_percent: 100, status: 2 } })
}

/** `POST /topapi/message/corpconversation/recall`. */
export function recallNotice(deps: Deps, body: Body): Outcome {
  const notice = find(deps, body, body.msg_task_id)
  if ('status' in notice) return notice
  return giveOld({}, [{ type: 'ding-notice-recalled', taskId: notice.taskId }])
}
