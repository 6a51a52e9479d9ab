import * as z from 'zod'
import type { Wecom } from './client.js'

const answer = z.object({
  external_contact: z.object({
    external_userid: z.string(),
    name: z.string().default(''),
    position: z.string().default(''),
    avatar: z.string().default(''),
    corp_name: z.string().default(''),
    type: z.number().default(1),
    unionid: z.string().default(''),
  }),
  follow_user: z
    .array(
      z.object({
        userid: z.string(),
        remark: z.string().default(''),
        remark_corp_name: z.string().default(''),
        remark_mobiles: z.array(z.string()).default([]),
        createtime: z.number().default(0),
        add_way: z.number().default(0),
        state: z.string().default(''),
      }),
    )
    .default([]),
  next_cursor: z.string().default(''),
})

export type ExternalContact = {
  externalUserId: string
  name: string
  position: string | null
  avatar: string | null
  /** Only a WeCom user of another company has one; what a colleague wrote down is in `follows`. */
  company: string | null
  unionId: string | null
  /** The colleagues who have this person as a customer. */
  follows: { userid: string; remark: string; company: string; phones: string[]; since: Date; addWay: number; state: string }[]
}

/** At most this many pages of 500 colleagues: a guard against an answer that never ends. */
const maxPages = 20

/** https://developer.work.weixin.qq.com/document/path/92114 */
export async function getContact(wecom: Wecom, externalUserId: string): Promise<ExternalContact> {
  const follows: ExternalContact['follows'] = []
  let cursor = ''
  for (let page = 0; ; page++) {
    const input = { external_userid: externalUserId, ...(cursor ? { cursor } : {}) }
    const { external_contact: contact, ...rest } = answer.parse(await wecom.call('GET', 'externalcontact/get', input))
    for (const each of rest.follow_user) {
      const { userid, remark, state } = each
      const since = new Date(each.createtime * 1000)
      follows.push({
        userid,
        remark,
        company: each.remark_corp_name,
        phones: each.remark_mobiles,
        since,
        addWay: each.add_way,
        state,
      })
    }
    cursor = rest.next_cursor
    if (cursor && page + 1 < maxPages) continue
    return {
      externalUserId: contact.external_userid,
      name: contact.name,
      position: contact.position || null,
      avatar: contact.avatar || null,
      company: contact.corp_name || null,
      unionId: contact.unionid || null,
      follows,
    }
  }
}
