import { dismissGroup } from '../../domain/group/keep-group.js'
import { ensureGroup } from '../../domain/group/open-group.js'
import { defineEvent } from '../define.js'
import { readGroup } from '../read-group.js'

/** A customer group is no more (official page 92130). */
export default defineEvent({
  name: 'external-chat-dismiss',
  async run({ work, organisation }, data, at) {
    const { id } = await ensureGroup(work, readGroup(organisation, data), { fetch: false })
    await dismissGroup(work, id, at)
  },
})
