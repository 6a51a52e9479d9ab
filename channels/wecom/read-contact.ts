import * as z from 'zod'

/** A customer as three calls give them. Absent means hidden or not filled in; the platform doesn't tell which. */
export const contactAnswer = z.object({
  external_userid: z.string(),
  name: z.string().default(''),
  position: z.string().default(''),
  avatar: z.string().default(''),
  corp_name: z.string().default(''),
  type: z.number().default(1),
  unionid: z.string().default(''),
})

/** One colleague's side of it. `tags` come with a profile, the bare `tag_id` with a page of them. */
export const followAnswer = z.object({
  userid: z.string(),
  remark: z.string().default(''),
  remark_corp_name: z.string().default(''),
  remark_mobiles: z.array(z.string()).default([]),
  createtime: z.number().default(0),
  add_way: z.number().default(0),
  state: z.string().default(''),
  tags: z
    .array(z.object({ tag_id: z.string().default(''), tag_name: z.string().default(''), type: z.number().default(1) }))
    .default([]),
  tag_id: z.array(z.string()).default([]),
})

/** `type`: 1 the company's, 2 the member's own (it has no id), 3 of a rule group. A page of contacts doesn't say the name. */
export type FollowTag = { id: string; name: string; type: number }

export type ContactFollow = {
  userid: string
  remark: string
  company: string
  phones: string[]
  since: Date
  addWay: number
  state: string
  tags: FollowTag[]
}

export type ExternalContact = {
  externalUserId: string
  name: string
  position: string | null
  avatar: string | null
  kind: 'wechat' | 'wecom'
  /** Only a WeCom user of another company has one; what a colleague wrote down is in `follows`. */
  company: string | null
  unionId: string | null
  /** The colleagues who have this person as a customer. */
  follows: ContactFollow[]
}

export const readContact = (contact: z.infer<typeof contactAnswer>): Omit<ExternalContact, 'follows'> => ({
  externalUserId: contact.external_userid,
  name: contact.name,
  position: contact.position || null,
  avatar: contact.avatar || null,
  kind: contact.type === 2 ? 'wecom' : 'wechat',
  company: contact.corp_name || null,
  unionId: contact.unionid || null,
})

export const readFollow = (follow: z.infer<typeof followAnswer>): ContactFollow => ({
  userid: follow.userid,
  remark: follow.remark,
  company: follow.remark_corp_name,
  phones: follow.remark_mobiles,
  since: new Date(follow.createtime * 1000),
  addWay: follow.add_way,
  state: follow.state,
  tags: [
    ...follow.tags.map((tag) => ({ id: tag.tag_id, name: tag.tag_name, type: tag.type })),
    ...follow.tag_id.map((id) => ({ id, name: '', type: 1 })),
  ],
})
