/** The organisation's tags for customers [D 92117]. `at` is business time. */
export type Tag = { id: string; groupId: string; name: string; order: number; at: number; deleted: boolean }
export type TagGroup = { id: string; name: string; order: number; at: number; deleted: boolean }

export type TagFact =
  | { type: 'tag-group'; group: TagGroup }
  | { type: 'tag'; tag: Tag }
  /** A group goes with its tags, a group's last tag with its group. */
  | { type: 'tag-deleted'; id: string }

export type Tags = { groups: Map<string, TagGroup>; tags: Map<string, Tag> }

export const createTags = (): Tags => ({ groups: new Map(), tags: new Map() })

export function applyTag(tags: Tags, fact: TagFact): void {
  if (fact.type === 'tag-group') tags.groups.set(fact.group.id, { ...fact.group })
  else if (fact.type === 'tag') tags.tags.set(fact.tag.id, { ...fact.tag })
  else remove(tags, fact.id)
}

function remove(tags: Tags, id: string): void {
  const group = tags.groups.get(id)
  const tag = tags.tags.get(id)
  if (group) group.deleted = true
  if (tag) tag.deleted = true
  for (const one of tags.tags.values()) if (one.groupId === id) one.deleted = true
  const home = tag && tags.groups.get(tag.groupId)
  if (home && tagsOf(tags, home.id).every((one) => one.deleted)) home.deleted = true
}

export const tagsOf = (tags: Tags, groupId: string): Tag[] => [...tags.tags.values()].filter((tag) => tag.groupId === groupId)
