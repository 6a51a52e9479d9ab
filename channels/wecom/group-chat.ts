import * as z from 'zod'
import type { Wecom } from './client.js'

const group = z.object({
  group_chat: z.object({
    chat_id: z.string(),
    name: z.string().default(''),
    owner: z.string().default(''),
    create_time: z.number().default(0),
    member_list: z
      .array(
        z.object({
          userid: z.string(),
          type: z.number(),
          join_time: z.number().default(0),
          join_scene: z.number().nullish(),
          name: z.string().default(''),
          group_nickname: z.string().default(''),
        }),
      )
      .default([]),
  }),
})
const list = z.object({
  group_chat_list: z.array(z.object({ chat_id: z.string() })).default([]),
  next_cursor: z.string().nullish(),
})

export type GroupChat = {
  chatId: string
  name: string
  owner: string | null
  createdAt: Date
  members: { userid: string; ours: boolean; name: string | null; joinedAt: Date; scene: number | null }[]
}

const PAGE = 200

/** A customer group as it is now. 40050 when it is gone. https://developer.work.weixin.qq.com/document/path/92122 */
export async function getGroupChat(wecom: Wecom, chatId: string): Promise<GroupChat> {
  const answer = await wecom.call('POST', 'externalcontact/groupchat/get', { chat_id: chatId, need_name: 1 })
  const { group_chat: chat } = group.parse(answer)
  return {
    chatId: chat.chat_id,
    name: chat.name,
    owner: chat.owner || null,
    createdAt: new Date(chat.create_time * 1000),
    members: chat.member_list.map((member) => ({
      userid: member.userid,
      ours: member.type === 1,
      name: member.group_nickname || member.name || null,
      joinedAt: new Date(member.join_time * 1000),
      scene: member.join_scene ?? null,
    })),
  }
}

/** One page of the customer groups that our members own. https://developer.work.weixin.qq.com/document/path/92120 */
export async function listGroupChats(wecom: Wecom, cursor: string | null): Promise<{ chatIds: string[]; next: string | null }> {
  const input = { status_filter: 0, limit: PAGE, ...(cursor ? { cursor } : {}) }
  const page = list.parse(await wecom.call('POST', 'externalcontact/groupchat/list', input))
  return { chatIds: page.group_chat_list.map((one) => one.chat_id), next: page.next_cursor || null }
}
