import { z } from 'zod'
import type { Fact } from '../state/state.js'
import { tagEvent } from '../wecom/contacts/events.js'
import { newSecret } from '../wecom/crypto.js'
import { ControlError } from './error.js'
import { happen, type Parts, post, type Route } from './route.js'

const text = z.string().min(1)
const newId = () => `et${newSecret(18)}`

/** What an administrator does with the organisation's tags in the console [D 92130]. */
export const tagRoutes: Record<string, Route> = {
  /** A group with its tags, or tags into a group that is there. */
  'POST tags/create': post(z.object({ group: text, names: z.array(text).min(1) }), async (parts, { group, names }) => {
    const { deps } = parts
    const [at, order, deleted] = [deps.clock.business(), 0, false]
    const known = [...deps.store.state.tags.groups.values()].find((one) => one.name === group && !one.deleted)
    const home = known ?? { id: newId(), name: group, order, at, deleted }
    const made = names.map((name) => ({ id: newId(), groupId: home.id, name, order, at, deleted }))
    const facts: Fact[] = [
      ...(known ? [] : [{ type: 'tag-group', group: home } as const]),
      ...made.map((tag) => ({ type: 'tag', tag }) as const),
    ]
    const events = [
      ...(known ? [] : [tagEvent(deps, 'create', home.id, 'tag_group')]),
      ...made.map((tag) => tagEvent(deps, 'create', tag.id, 'tag')),
    ]
    await happen(parts, facts, events)
    return { groupId: home.id, ids: made.map((tag) => tag.id) }
  }),
  'POST tags/rename': post(z.object({ id: text, name: text }), async (parts, { id, name }) => {
    const { tag, group } = find(parts, id)
    const facts: Fact[] = tag
      ? [{ type: 'tag', tag: { ...tag, name } }]
      : group
        ? [{ type: 'tag-group', group: { ...group, name } }]
        : []
    await happen(parts, facts, [tagEvent(parts.deps, 'update', id, tag ? 'tag' : 'tag_group')])
    return {}
  }),
  /** A group's tags go with it and are not told of. */
  'POST tags/delete': post(z.object({ id: text }), async (parts, { id }) => {
    const { tag } = find(parts, id)
    await happen(parts, [{ type: 'tag-deleted', id }], [tagEvent(parts.deps, 'delete', id, tag ? 'tag' : 'tag_group')])
    return {}
  }),
  'POST tags/shuffle': post(z.object({ groupId: z.string().default('') }), async (parts, { groupId }) => {
    await happen(parts, [], [tagEvent(parts.deps, 'shuffle', groupId, null)])
    return {}
  }),
}

function find({ deps }: Parts, id: string) {
  const { tags, groups } = deps.store.state.tags
  const [tag, group] = [tags.get(id), groups.get(id)]
  if (!tag && !group) throw new ControlError(404, `no tag ${id}`)
  return { tag, group }
}
