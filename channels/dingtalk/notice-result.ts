import * as z from 'zod'
import type { Dingtalk } from './client.js'

const list = z.array(z.string()).nullish()
const answer = z.object({
  send_result: z
    .object({
      invalid_user_id_list: list,
      forbidden_user_id_list: list,
      failed_user_id_list: list,
      read_user_id_list: list,
      unread_user_id_list: list,
      forbidden_list: z.array(z.object({ code: z.coerce.string().default(''), userid: z.string() })).nullish(),
    })
    .default({}),
})

/** Why the platform held it back. */
const forbidden: Record<string, string> = {
  143103: '应用每分钟发送的工作通知超过了限制',
  143104: '企业每分钟发送的工作通知超过了限制',
  143105: '这个成员当天收到的工作通知已达上限',
  143106: '相同内容的工作通知当天已经发过',
}
const heldBack = '钉钉没有把工作通知发给这个成员'

export type NoticeResult = { failed: { userid: string; why: string; code: string | null }[]; read: string[]; unread: string[] }

/**
 * What became of a work notification, for 24 hours. Beyond its limits the platform accepts one and delivers nothing: only
 * this tells. Who stands in none of the three is still being sent to. A call that is paid for.
 * https://open.dingtalk.com/document/development/gets-the-result-of-sending-messages-asynchronously-to-the-enterprise
 */
export async function readNotice(dingtalk: Dingtalk, taskId: string): Promise<NoticeResult> {
  const body = { agent_id: dingtalk.settings.agentId, task_id: Number(taskId) }
  const reply = await dingtalk.oapi('topapi/message/corpconversation/getsendresult', { body, reads: true })
  const { send_result: result } = answer.parse(reply)
  const why = new Map<string, string>()
  for (const userid of result.failed_user_id_list ?? []) why.set(userid, '工作通知发送失败')
  for (const userid of result.invalid_user_id_list ?? []) why.set(userid, '没有这个成员，或不在应用的可见范围')
  for (const userid of result.forbidden_user_id_list ?? []) why.set(userid, heldBack)
  const codes = new Map((result.forbidden_list ?? []).map(({ code, userid }) => [userid, code]))
  for (const [userid, code] of codes) why.set(userid, forbidden[code] ?? heldBack)
  return {
    failed: [...why].map(([userid, reason]) => ({ userid, why: reason, code: codes.get(userid) ?? null })),
    read: result.read_user_id_list ?? [],
    unread: result.unread_user_id_list ?? [],
  }
}
