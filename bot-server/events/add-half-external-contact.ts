import { noteAdd } from '../../domain/follow/note-add.js'
import { queueWelcome } from '../../domain/follow/welcome.js'
import { defineEvent } from '../define.js'
import { readPair } from '../read-pair.js'

/** A customer came without asking (免验证) and can write already; the rep has not confirmed yet (official page 92130). */
export default defineEvent({
  name: 'add-half-external-contact',
  async run({ work, organisation, receivedAt }, data, at) {
    const { userid, externalUserId, state, code } = readPair(data)
    const pair = await noteAdd(work, { organisation, userid, externalUserId, at, half: true, state })
    await queueWelcome(work, { ...pair, code, at, receivedAt })
  },
})
