import * as z from 'zod'
import type { Wecom } from './client.js'

const answer = z.object({
  info: z.array(z.object({ handover_userid: z.string() })).default([]),
  is_last: z.boolean().default(true),
  next_cursor: z.string().default(''),
})

/** At most this many pages of 1,000 customers: a guard against an answer that never ends. */
const maxPages = 50

/**
 * Members who left and whose customers nobody has been assigned yet. Needs 客户联系 → 可调用应用 and 在职/离职继承.
 * https://developer.work.weixin.qq.com/document/path/92124
 */
export async function listLeavers(wecom: Wecom): Promise<string[]> {
  const userids = new Set<string>()
  let cursor = ''
  for (let page = 0; page < maxPages; page += 1) {
    const input = { page_size: 1_000, ...(cursor ? { cursor } : {}) }
    const { info, is_last, next_cursor } = answer.parse(await wecom.call('POST', 'externalcontact/get_unassigned_list', input))
    for (const { handover_userid } of info) userids.add(handover_userid.toLowerCase())
    if (is_last || !next_cursor) break
    cursor = next_cursor
  }
  return [...userids]
}
