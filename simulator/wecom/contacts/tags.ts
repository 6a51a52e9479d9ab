import type { Deps } from '../../deps.js'
import type { Fact } from '../../state/state.js'
import { type Tag, type TagGroup, tagsOf } from '../../state/tags.js'
import { accept, type Outcome, refuse } from '../answer.js'
import { newSecret } from '../crypto.js'
import { findPair } from './known.js'

const seconds = (ms: number) => Math.floor(ms / 1000)
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

const showTag = ({ id, name, at, order, deleted }: Tag, marked: boolean) => ({
  id,
  name,
  create_time: seconds(at),
  order,
  ...(marked ? { deleted } : {}),
})

const showGroup = ({ id, name, at, order }: TagGroup) => ({ group_id: id, group_name: name, create_time: seconds(at), order })

/** `POST externalcontact/get_corp_tag_list` [D 92117]. What was deleted shows only to who asks for it by its id. */
export function listTags(deps: Deps, body: Record<string, unknown>): Outcome {
  const { tags } = deps.store.state
  const groupIds = strings(body.group_id)
  const tagIds = groupIds.length > 0 ? [] : strings(body.tag_id)
  const asked = groupIds.length + tagIds.length > 0
  const shown = [...tags.groups.values()].flatMap((group) => {
    if (groupIds.length > 0 && !groupIds.includes(group.id)) return []
    const inside = tagsOf(tags, group.id).filter(
      (tag) => (tagIds.length === 0 || tagIds.includes(tag.id)) && (asked || !tag.deleted),
    )
    if (inside.length === 0 || (!asked && group.deleted)) return []
    const marked = tagIds.length > 0 ? { deleted: group.deleted } : {}
    return [{ ...showGroup(group), ...marked, tag: inside.map((tag) => showTag(tag, asked)) }]
  })
  return accept({ tag_group: shown })
}

/** `POST externalcontact/add_corp_tag` [D 92117]: into a group by id, or by a name that is made where there is none. */
export function addTags(deps: Deps, body: Record<string, unknown>): Outcome {
  const { tags } = deps.store.state
  const wanted = Array.isArray(body.tag) ? (body.tag as { name?: unknown; order?: unknown }[]) : []
  const names = [...new Set(wanted.map((one) => String(one.name ?? '')))]
  if (names.length === 0 || names.includes('')) return refuse(40063, 'empty tag')
  if (names.some((name) => [...name].length > 30)) return refuse(40058, 'tag name too long')
  const groupName = String(body.group_name ?? '')
  const live = [...tags.groups.values()].filter((group) => !group.deleted)
  const known = live.find((group) => (body.group_id ? group.id === body.group_id : group.name === groupName))
  if (!known && body.group_id) return refuse(40068)
  if (!known && (!groupName || [...groupName].length > 30)) return refuse(40058, 'invalid group_name')
  const at = deps.clock.business()
  const order = Number(body.order ?? 0)
  const group = known ?? { id: `et${newSecret(18)}`, name: groupName, order, at, deleted: false }
  const there = new Set(tagsOf(tags, group.id).flatMap((tag) => (tag.deleted ? [] : [tag.name])))
  const made = names
    .filter((name) => !there.has(name))
    .map((name): Tag => {
      const rank = Number(wanted.find((one) => one.name === name)?.order ?? 0)
      return { id: `et${newSecret(18)}`, groupId: group.id, name, order: rank, at, deleted: false }
    })
  if (made.length === 0) return refuse(40071)
  const facts: Fact[] = [
    ...(known ? [] : [{ type: 'tag-group', group } as const]),
    ...made.map((tag) => ({ type: 'tag', tag }) as const),
  ]
  return accept({ tag_group: { ...showGroup(group), tag: made.map((tag) => showTag(tag, false)) } }, facts)
}

/** `POST externalcontact/mark_tag` [D 92118]: at most 3000 for one pair. Calls back nothing. */
export function markTags(deps: Deps, body: Record<string, unknown>): Outcome {
  const pair = findPair(deps, body)
  if ('errcode' in pair) return pair
  const [add, remove] = [strings(body.add_tag), strings(body.remove_tag)]
  if (add.length + remove.length === 0) return refuse(40063, 'empty add_tag and remove_tag')
  const { tags } = deps.store.state.tags
  if (add.some((id) => tags.get(id)?.deleted !== false)) return refuse(40068)
  const { userid, externalUserId } = pair.follow
  const kept = pair.follow.tags.filter((id) => !remove.includes(id))
  const now = [...new Set([...kept, ...add])]
  if (now.length > 3_000) return refuse(40058, 'more than 3000 tags')
  return accept({}, [{ type: 'follow-notes', userid, externalUserId, notes: { tags: now } }])
}
