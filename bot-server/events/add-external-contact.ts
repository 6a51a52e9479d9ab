import { noteAdd } from '../../domain/follow/note-add.js'
import { queueWelcome } from '../../domain/follow/welcome.js'
import { defineEvent } from '../define.js'
import { readPair } from '../read-pair.js'

/** One of ours and a customer are friends (official page 92130). The welcome code holds 20 seconds. */
export default defineEvent({
  name: 'add-external-contact',
  async run({ work, organisation, receivedAt }, data, at) {
    const { userid, externalUserId, state, code } = readPair(data)
    const pair = await noteAdd(work, { organisation, userid, externalUserId, at, half: false, state })
    await queueWelcome(work, { ...pair, code, at, receivedAt })
  },
})
