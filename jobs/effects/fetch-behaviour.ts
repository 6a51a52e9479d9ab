import { ChannelError } from '../../channels/channel-error.js'
import { type BehaviourOfDay, getBehaviour } from '../../channels/wecom/behaviour.js'
import { keepBehaviour, noteUntold } from '../../domain/checkup/keep-behaviour.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { atMinute } from '../../lib/working-days.js'
import { defineEffect, done, skip } from '../define.js'
import { getMember } from '../find-member.js'

type Told = { days: BehaviourOfDay[]; why: string | null }

/**
 * How one colleague dealt with customers, some days of it (official page 92132). Reading twice is harmless. Where the
 * platform won't say, that is an answer too: the report says how to get it, and the next day asks again.
 */
export default defineEffect({
  name: 'fetch-behaviour',
  ifUnknown: 'repeat',
  async run({ db, wecom, now }, { personId, from, to }) {
    const state = await db.behaviourState.findUnique({ where: { personId } })
    // A window that follows one which was refused today: knowing the later days would hide that the earlier are missing.
    if (state?.why && shanghaiDay(state.at) === shanghaiDay(now)) return skip('refused today')
    try {
      const days = await getBehaviour(wecom, await getMember(db, personId), { from: atMinute(from, 0), to: atMinute(to, 0) })
      return done<Told>({ days, why: null })
    } catch (error) {
      if (!(error instanceof ChannelError) || error.kind === 'retry' || error.kind === 'refresh') throw error
      return done<Told>({ days: [], why: error.hint })
    }
  },
  keep: (work, window, { days, why }) => (why ? noteUntold(work, window.personId, why) : keepBehaviour(work, window, days)),
})
