import type { FollowTag } from './profile.js'

type Change = { add: string[]; remove: string[] }

/** What stands after a change: each of the company's once, new ones behind, a member's own untouched. */
export function changeTags(tags: FollowTag[], { add, remove }: Change, corp: { id: string; name: string }[]): FollowTag[] {
  const gone = new Set([...add, ...remove])
  const fresh = add.flatMap((id) => {
    const standing = tags.find((tag) => tag.type === 1 && tag.id === id)
    const name = standing?.name || corp.find((tag) => tag.id === id)?.name
    return name ? [{ id, name, type: 1 }] : []
  })
  const kept = tags.filter((tag) => tag.type !== 1 || !gone.has(tag.id))
  return [...kept, ...fresh]
}
