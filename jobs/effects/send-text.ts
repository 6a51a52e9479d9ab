import { GiveUp } from '../../lib/errors.js'
import { defineEffect, done } from '../define.js'
import { getMember } from '../find-member.js'

/** An answer of the bot. Died in between: said again. An answer that comes twice is better than none. */
export default defineEffect({
  name: 'send-text',
  ifUnknown: 'repeat',
  async run({ db, channel }, { personId, text }) {
    const receipt = await channel.sendText(await getMember(db, personId), text)
    const missed = receipt.notReached[0]
    if (missed) throw new GiveUp(`不能送达 ${missed.to}：${missed.why}`)
    return done({ messageId: receipt.messageId })
  },
})
