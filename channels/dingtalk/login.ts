import * as z from 'zod'
import type { Dingtalk } from './client.js'

const answer = z.object({
  result: z.object({ userid: z.string().min(1), unionid: z.string().default(''), name: z.string().default('') }),
})

/**
 * Who opened the page, by the code that dd.requestAuthCode gave it: good once, for five minutes. A used, old or wrong one is
 * a ChannelError of kind `give-up` (40078) whose hint asks to open the page again.
 * https://open.dingtalk.com/document/development/obtain-the-userid-of-a-user-by-using-the-log-free
 */
export async function memberOf(dingtalk: Dingtalk, code: string): Promise<{ userid: string; unionid: string; name: string }> {
  const { result } = answer.parse(await dingtalk.oapi('topapi/v2/user/getuserinfo', { body: { code }, free: true }))
  return { userid: result.userid, unionid: result.unionid, name: result.name }
}
