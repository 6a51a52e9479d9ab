import * as z from 'zod'
import { cutBytes, cutChars } from '../cut.js'
import type { Dingtalk } from './client.js'
import { takeAnswer } from './take-answer.js'

/** How it comes: in the app, as a text message, or as a call that reads it out. The latter two are bought apart. */
const ways = { app: 1, sms: 2, call: 3 } as const
export type DingWay = keyof typeof ways

/** The page names no limit; a text message of more than this is nobody's wish. */
const maxBytes = 600

const api = 'robot/ding/send'
/** By the platform's reason, who was not reached for it. */
const sent = z.object({
  openDingId: z.string().min(1),
  failedList: z.record(z.string(), z.array(z.string())).nullish().catch(null),
})

/**
 * A DING from our robot, at most 200 members by the app and 20 by text message or call. Used up: a ChannelError of kind
 * `quota`. No duplicate check: sent twice it rings twice.
 * https://open.dingtalk.com/document/development/robot-sends-nail-message
 */
export async function sendDing(
  dingtalk: Dingtalk,
  { to, by, text }: { to: string[]; by: DingWay; text: string },
): Promise<{ dingId: string; failed: { userid: string; why: string }[] }> {
  const body = {
    robotCode: dingtalk.settings.robotCode,
    remindType: ways[by],
    receiverUserIdList: to,
    content: cutBytes(text, maxBytes),
  }
  const { openDingId, failedList } = takeAnswer(api, sent, await dingtalk.call('POST', `/v1.0/${api}`, { body }))
  const failed = Object.entries(failedList ?? {}).flatMap(([why, ids]) =>
    ids.map((userid) => ({ userid, why: `DING 没有送达（${cutChars(why, 60)}）` })),
  )
  return { dingId: openDingId, failed }
}
