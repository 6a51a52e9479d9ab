import { askGroup, ensureGroup } from '../../domain/group/open-group.js'
import { defineEvent } from '../define.js'
import { readGroup } from '../read-group.js'

/**
 * Members, owner, name or notice of a customer group changed (official page 92130). What the event says of it is a step, and
 * steps may be lost or overtake each other: the group is fetched as it is now.
 */
export default defineEvent({
  name: 'external-chat-update',
  async run({ work, organisation }, data, at) {
    const { id } = await ensureGroup(work, readGroup(organisation, data), { fetch: false })
    await askGroup(work, id, { why: `update:${at.getTime()}:${String(data.UpdateDetail ?? '')}` })
  },
})
