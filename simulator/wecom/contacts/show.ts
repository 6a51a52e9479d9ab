import type { Deps } from '../../deps.js'
import type { Contact, Follow } from '../../state/contacts.js'

const seconds = (ms: number) => Math.floor(ms / 1000)

/** Only a WeCom user of another organisation has a position and an organisation; only a WeChat user a unionid [D 92114]. */
export function showContact(contact: Contact): Record<string, unknown> {
  const { externalUserId, name, avatar, type, gender, unionid, position, corpName, corpFullName } = contact
  return {
    external_userid: externalUserId,
    name,
    avatar,
    type,
    gender,
    ...(type === 1 && unionid ? { unionid } : {}),
    ...(type === 2 ? { position, corp_name: corpName, corp_full_name: corpFullName } : {}),
  }
}

function showNotes({ follow, contact }: { follow: Follow; contact: Contact }): Record<string, unknown> {
  return {
    userid: follow.userid,
    remark: follow.remark,
    description: follow.description,
    createtime: seconds(follow.at),
    ...(contact.type === 1 ? { remark_corp_name: follow.company } : {}),
    remark_mobiles: follow.mobiles,
    oper_userid: follow.operUserid,
    add_way: follow.addWay,
    ...(follow.state ? { state: follow.state } : {}),
  }
}

/** `follow_user[]` of `externalcontact/get`: tags with their names; a member's own tags have no id. */
export function showFollow(deps: Deps, follow: Follow, contact: Contact): Record<string, unknown> {
  const { tags, groups } = deps.store.state.tags
  const corp = follow.tags.flatMap((id) => {
    const tag = tags.get(id)
    if (!tag || tag.deleted) return []
    return [{ group_name: groups.get(tag.groupId)?.name ?? '', tag_name: tag.name, tag_id: id, type: 1 }]
  })
  const own = follow.ownTags.map((name) => ({ group_name: '', tag_name: name, type: 2 }))
  return { ...showNotes({ follow, contact }), tags: [...corp, ...own] }
}

/** `follow_info` of `batch/get_by_user`: ids of the organisation's tags and nothing of the member's own [D 92994]. */
export function showFollowInfo(deps: Deps, follow: Follow, contact: Contact): Record<string, unknown> {
  const { tags } = deps.store.state.tags
  return { ...showNotes({ follow, contact }), tag_id: follow.tags.filter((id) => tags.get(id)?.deleted === false) }
}
