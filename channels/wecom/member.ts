import * as z from 'zod'
import type { Wecom } from './client.js'

const answer = z.object({ userid: z.string(), name: z.string().default('') })

/**
 * An app of our own reads a member's name where the member is in its visible range; else the platform gives the userid as
 * the name. https://developer.work.weixin.qq.com/document/path/90196
 */
export async function getMember(wecom: Wecom, userid: string): Promise<{ userid: string; name: string }> {
  const member = answer.parse(await wecom.call('GET', 'user/get', { userid }))
  return { userid: member.userid, name: member.name || member.userid }
}
