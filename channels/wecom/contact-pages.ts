import * as z from 'zod'
import type { Wecom } from './client.js'
import { contactAnswer, type ExternalContact, followAnswer, readContact, readFollow } from './read-contact.js'

const followers = z.object({ follow_user: z.array(z.string()).default([]) })
const ids = z.object({ external_userid: z.array(z.string()).default([]) })
const contacts = z.object({
  external_contact_list: z.array(z.object({ external_contact: contactAnswer, follow_info: followAnswer })).default([]),
  next_cursor: z.string().nullish(),
})

/** The platform gives 100 at most. Each becomes thirty statements of ours in one transaction, which must end in time on a busy day. */
const PAGE = 20

/** Members who may have customers (客户联系使用范围) and whom the app sees. https://developer.work.weixin.qq.com/document/path/92571 */
export async function listFollowers(wecom: Wecom): Promise<string[]> {
  return followers.parse(await wecom.call('GET', 'externalcontact/get_follow_user_list')).follow_user
}

/** All that a member has, by id, in one answer; 84061 is «none». https://developer.work.weixin.qq.com/document/path/92113 */
export async function listContactIds(wecom: Wecom, userid: string): Promise<string[]> {
  return ids.parse(await wecom.call('GET', 'externalcontact/list', { userid })).external_userid
}

/**
 * One page of a member's customers with what this member wrote about each: of other colleagues it says nothing. `next` is
 * null after the last. https://developer.work.weixin.qq.com/document/path/92994
 */
export async function listContacts(
  wecom: Wecom,
  { userid, cursor }: { userid: string; cursor: string | null },
): Promise<{ contacts: ExternalContact[]; next: string | null }> {
  const input = { userid_list: [userid], limit: PAGE, ...(cursor ? { cursor } : {}) }
  const page = contacts.parse(await wecom.call('POST', 'externalcontact/batch/get_by_user', input))
  return {
    contacts: page.external_contact_list.map((one) => ({
      ...readContact(one.external_contact),
      follows: [readFollow(one.follow_info)],
    })),
    next: page.next_cursor || null,
  }
}
