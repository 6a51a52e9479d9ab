import type { SealedPhone } from '../contact/contact-phones.js'

/** `type`: 1 the company's, 2 the member's own (it has no id), 3 of a rule group. */
export type FollowTag = { id: string; name: string; type: number }

/** One of ours and what they wrote about a customer, as the platform tells it. */
export type FollowProfile = {
  userid: string
  remark: string
  company: string
  phones: SealedPhone[]
  since: Date
  addWay: number
  state: string
  tags: FollowTag[]
}

/** A customer as the platform tells it, phones already sealed. */
export type Profile = {
  externalUserId: string
  name: string
  avatar: string | null
  kind: 'wechat' | 'wecom'
  company: string | null
  unionId: string | null
  follows: FollowProfile[]
}
