import { ChannelError } from '../../channels/channel-error.js'
import type { KeyData } from '../../channels/wecom/workbench.js'
import { countBadges } from '../../domain/reminders/find-waiting.js'
import { lookUpTogether } from '../../lib/look-up-together.js'
import { type Done, defineEffect, done, type Skipped, skip } from '../define.js'
import { memberOf, memberParts } from '../find-member.js'
import { setNumbers } from '../set-numbers.js'

const lookUpBadge = lookUpTogether((db, ids, now) => countBadges(db, ids, now))
const lookUpMember = lookUpTogether((db, ids) =>
  db.person.findMany({ where: { id: { in: ids } }, select: { id: true, ...memberParts } }),
)

/**
 * The numbers on a person's workbench, as they are when it leaves. Shown when somebody looks and never counted as said. Died
 * in between: set again, the same numbers are the same tile. Where an administrator has not switched the tile on (official
 * page 92535) there is nothing to mend for us: it is noted and not tried on.
 */
export default defineEffect({
  name: 'set-badge',
  ifUnknown: 'repeat',
  async run({ db, now, wecom }, { personId }): Promise<Skipped | Done<{ waiting: number; off?: string }>> {
    const person = await lookUpMember(db, personId)
    const badge = await lookUpBadge(db, personId, now)
    if (!person || person.leftAt || !badge) return skip('has left')
    if (!person.identities.some(({ platform }) => platform === 'wecom')) return skip('has no workbench in WeCom')
    const { waiting } = badge
    try {
      await setNumbers(wecom, { userid: memberOf(person, 'wecom'), items: numbersOf(waiting, badge.asks) })
      return done({ waiting })
    } catch (error) {
      if (!(error instanceof ChannelError) || error.kind === 'retry' || error.kind === 'refresh') throw error
      return done({ waiting, off: error.hint })
    }
  },
})

const numbersOf = (waiting: number, asks: number): KeyData[] => [
  { key: '待办', data: String(waiting), page: '/h5/reminders' },
  { key: '待答复', data: String(asks), page: '/h5/reminders' },
]
