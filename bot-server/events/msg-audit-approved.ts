import { ensurePair } from '../../domain/follow/note-add.js'
import { queueWelcome } from '../../domain/follow/welcome.js'
import { keepConsent } from '../../domain/message/keep-consent.js'
import { defineEvent } from '../define.js'
import { readPair } from '../read-pair.js'

/** A customer agreed that the chat is kept (official page 92005). Where none was sent yet, the code is for the welcome. */
export default defineEvent({
  name: 'msg-audit-approved',
  async run({ work, organisation, receivedAt }, data, at) {
    const { code, ...told } = readPair(data)
    const pair = await ensurePair(work, { organisation, ...told })
    await keepConsent(work, { ...pair, consent: 'agreed', at })
    await queueWelcome(work, { ...pair, code, at, receivedAt })
  },
})
