import * as z from 'zod'
import type { Wecom } from './client.js'

const answer = z.object({
  behavior_data: z
    .array(
      z.object({
        stat_time: z.number(),
        chat_cnt: z.number().default(0),
        message_cnt: z.number().default(0),
        reply_percentage: z.number().optional(),
        avg_reply_time: z.number().optional(),
        negative_feedback_cnt: z.number().default(0),
        new_apply_cnt: z.number().default(0),
        new_contact_cnt: z.number().default(0),
      }),
    )
    .default([]),
})

export type BehaviourOfDay = {
  at: Date
  /** Chats in which the member wrote, and what they wrote in them. */
  chats: number
  messages: number
  /** Of the chats that customers began, the share answered the same day; null: none was begun. */
  replyPercent: number | null
  firstReplyMinutes: number | null
  /** Customers who deleted or blocked the member. */
  lost: number
  applied: number
  added: number
}

/**
 * 联系客户统计 of one member by day; `from` and `to` are the midnights of its first and last day in Shanghai. Of several
 * members the platform would give one sum; at most 30 days a call, of the last 180. Yesterday is complete some hours into the morning.
 * https://developer.work.weixin.qq.com/document/path/92132
 */
export async function getBehaviour(
  wecom: Wecom,
  userid: string,
  { from, to }: { from: Date; to: Date },
): Promise<BehaviourOfDay[]> {
  const seconds = (at: Date) => Math.floor(at.getTime() / 1000)
  const input = { userid: [userid], start_time: seconds(from), end_time: seconds(to) }
  const { behavior_data } = answer.parse(await wecom.call('POST', 'externalcontact/get_user_behavior_data', input))
  return behavior_data.map((day) => ({
    at: new Date(day.stat_time * 1000),
    chats: day.chat_cnt,
    messages: day.message_cnt,
    // Without a chat the platform leaves them out, or says 0 for both: nothing was divided.
    replyPercent: day.chat_cnt > 0 || (day.reply_percentage ?? 0) > 0 ? (day.reply_percentage ?? null) : null,
    firstReplyMinutes: day.chat_cnt > 0 ? (day.avg_reply_time ?? null) : null,
    lost: day.negative_feedback_cnt,
    applied: day.new_apply_cnt,
    added: day.new_contact_cnt,
  }))
}
