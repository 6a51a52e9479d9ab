import { ensureGroup } from '../../domain/group/open-group.js'
import { defineEvent } from '../define.js'
import { readGroup } from '../read-group.js'

/** A customer group was made (official page 92130). The event doesn't say by whom or with whom: it is fetched. */
export default defineEvent({
  name: 'external-chat-create',
  run: async ({ work, organisation }, data) => void (await ensureGroup(work, readGroup(organisation, data))),
})
