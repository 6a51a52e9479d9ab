import type { Deps } from '../../deps.js'
import type { CustomerGroup } from '../../state/customer-groups.js'
import { hasLeft, isInRange } from '../../state/members.js'
import { findPerson } from '../../world.js'
import { accept, type Outcome, refuse } from '../answer.js'
import { cutPage } from './page.js'

type Body = Record<string, unknown>
const seconds = (ms: number) => Math.floor(ms / 1000)

const ownerOf = ({ world }: Deps, group: CustomerGroup) => findPerson(world, group.owner)

/** `POST externalcontact/groupchat/list` [D 92120]: of owners the application sees; who left must be named. */
export function listGroups(deps: Deps, body: Body): Outcome {
  const { members, customerGroups } = deps.store.state
  const size = Number(body.limit)
  if (!Number.isInteger(size) || size < 1 || size > 1_000) return refuse(40058, 'invalid limit')
  const filter = (body.owner_filter as { userid_list?: unknown } | undefined)?.userid_list
  const owners = Array.isArray(filter) ? filter.map((one) => String(one).toLowerCase()) : []
  if (owners.length > 100) return refuse(40058, 'more than 100 owners')
  const wanted = Number(body.status_filter ?? 0)
  const found = [...customerGroups.values()].flatMap((group) => {
    const owner = ownerOf(deps, group)
    if (!owner || group.dismissedAt !== null) return []
    const left = hasLeft(members, owner)
    const named = owners.includes(owner.userid.toLowerCase())
    if (owners.length > 0 ? !named : left) return []
    if (!left && !isInRange(members, owner)) return []
    const status = left ? 1 : 0
    return wanted === 0 || wanted === status ? [{ chat_id: group.chatId, status }] : []
  })
  // The older way of pages still works: offset and limit, up to 50,000.
  const offset = body.cursor ? 0 : Number(body.offset ?? 0)
  const page = cutPage(found.slice(offset), body.cursor, size)
  return 'errcode' in page ? page : accept({ group_chat_list: page.rows, next_cursor: page.next })
}

/** `POST externalcontact/groupchat/get` [D 92122]. The codes for groups that are unknown or gone are our reading. */
export function getGroup(deps: Deps, body: Body): Outcome {
  const { members, customerGroups, contacts } = deps.store.state
  const group = customerGroups.get(String(body.chat_id ?? ''))
  if (!group) return refuse(40050)
  if (group.dismissedAt !== null) return refuse(49008)
  const owner = ownerOf(deps, group)
  if (!owner || (!hasLeft(members, owner) && !isInRange(members, owner))) return refuse(60011)
  const named = Number(body.need_name ?? 0) === 1
  const list = group.members.map((one) => {
    const contact = contacts.people.get(one.key)
    const name = one.ours ? findPerson(deps.world, one.key)?.name : contact?.name
    return {
      userid: one.key,
      type: one.ours ? 1 : 2,
      ...(contact?.type === 1 && contact.unionid ? { unionid: contact.unionid } : {}),
      join_time: seconds(one.at),
      join_scene: one.scene,
      ...(one.invitor ? { invitor: { userid: one.invitor } } : {}),
      group_nickname: one.nickname,
      ...(named ? { name: name ?? '' } : {}),
    }
  })
  const { chatId, name, notice, at, version } = group
  const about = { chat_id: chatId, name, owner: owner.userid, create_time: seconds(at), notice }
  return accept({ group_chat: { ...about, member_list: list, admin_list: [], member_version: version } })
}
