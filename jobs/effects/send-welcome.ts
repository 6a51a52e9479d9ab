import { ChannelError } from '../../channels/channel-error.js'
import { sendWelcome } from '../../channels/wecom/welcome.js'
import { findWelcome } from '../../domain/follow/welcome.js'
import { type Done, defineEffect, done, type Skipped, skip } from '../define.js'

/** The code is spent, too old, or the two are talking already (official page 90313): there is nothing left to greet. */
const TOO_LATE: unknown[] = [41050, 41051]

/**
 * Greets who has just been added, in the administrator's words (official page 92137). The code holds for one message, so a
 * second try after a lost answer can't greet twice.
 */
export default defineEffect({
  name: 'send-welcome',
  ifUnknown: 'repeat',
  async run({ db, wecom }, { code }): Promise<Skipped | Done<{ sent: boolean; why?: string }>> {
    const text = await findWelcome(db)
    if (!text) return skip('no welcome is set')
    try {
      await sendWelcome(wecom, code, text)
      return done({ sent: true })
    } catch (error) {
      if (!(error instanceof ChannelError) || !TOO_LATE.includes(error.code)) throw error
      return done({ sent: false, why: error.hint })
    }
  },
})
