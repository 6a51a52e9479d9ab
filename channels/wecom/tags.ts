import * as z from 'zod'
import type { Wecom } from './client.js'

const answer = z.object({
  tag_group: z
    .array(
      z.object({
        group_id: z.string().default(''),
        group_name: z.string().default(''),
        deleted: z.boolean().default(false),
        tag: z.array(z.object({ id: z.string(), name: z.string().default(''), deleted: z.boolean().default(false) })).default([]),
      }),
    )
    .default([]),
})

export type CorpTag = { id: string; name: string; group: string }

/** The company's tags that there are. https://developer.work.weixin.qq.com/document/path/92117 */
export async function listTags(wecom: Wecom): Promise<CorpTag[]> {
  const { tag_group: groups } = answer.parse(await wecom.call('POST', 'externalcontact/get_corp_tag_list', {}))
  return groups
    .filter((group) => !group.deleted)
    .flatMap((group) => group.tag.filter((tag) => !tag.deleted).map(({ id, name }) => ({ id, name, group: group.group_name })))
}

/** Adds and removes tags of the company on one customer of one member. https://developer.work.weixin.qq.com/document/path/92118 */
export async function markTags(
  wecom: Wecom,
  { userid, externalUserId, add, remove }: { userid: string; externalUserId: string; add: string[]; remove: string[] },
): Promise<void> {
  const tags = { ...(add.length > 0 ? { add_tag: add } : {}), ...(remove.length > 0 ? { remove_tag: remove } : {}) }
  await wecom.call('POST', 'externalcontact/mark_tag', { userid, external_userid: externalUserId, ...tags })
}
