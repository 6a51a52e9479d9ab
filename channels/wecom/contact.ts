import * as z from 'zod'
import type { Wecom } from './client.js'
import { contactAnswer, type ExternalContact, followAnswer, readContact, readFollow } from './read-contact.js'

const answer = z.object({
  external_contact: contactAnswer,
  follow_user: z.array(followAnswer).default([]),
  next_cursor: z.string().nullish(),
})

/** At most this many pages of 500 colleagues: a guard against an answer that never ends. */
const maxPages = 20

/**
 * A customer and all of ours who have them. 84061 when nobody has any more, or nobody yet: a half-added one is not confirmed.
 * https://developer.work.weixin.qq.com/document/path/92114
 */
export async function getContact(wecom: Wecom, externalUserId: string): Promise<ExternalContact> {
  const follows: ExternalContact['follows'] = []
  let cursor = ''
  for (let page = 0; ; page++) {
    const input = { external_userid: externalUserId, ...(cursor ? { cursor } : {}) }
    const { external_contact: contact, ...rest } = answer.parse(await wecom.call('GET', 'externalcontact/get', input))
    follows.push(...rest.follow_user.map(readFollow))
    cursor = rest.next_cursor ?? ''
    if (cursor && page + 1 < maxPages) continue
    return { ...readContact(contact), follows }
  }
}
