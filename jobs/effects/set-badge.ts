import { ChannelError } from '../../channels/channel-error.js'
import { createWorkbench, type KeyData } from '../../channels/wecom/workbench.js'
import { isRole } from '../../domain/person/actor.js'
import { countBadge } from '../../domain/reminders/find-waiting.js'
import { countAsks } from '../../domain/requirement/list-waiting.js'
import { type Done, defineEffect, done, type Skipped, skip } from '../define.js'
import { getMember } from '../find-member.js'

const NO_TEMPLATE = 40058

/**
 * The numbers on a person's workbench, as they are when it leaves. Shown when somebody looks and never counted as said. Died
 * in between: set again, the same numbers are the same tile. Where an administrator has not switched the tile on (official
 * page 92535) there is nothing to mend for us: it is noted and not tried on.
 */
export default defineEffect({
  name: 'set-badge',
  ifUnknown: 'repeat',
  async run({ db, now, wecom }, { personId }): Promise<Skipped | Done<{ waiting: number; off?: string }>> {
    const person = await db.person.findUnique({ where: { id: personId }, select: { roles: true, leftAt: true } })
    if (!person || person.leftAt) return skip('has left')
    const waiting = await countBadge(db, { personId, roles: person.roles.filter(isRole) }, now)
    const numbers = numbersOf(waiting, await countAsks(db, personId, now))
    const member = await getMember(db, personId)
    const workbench = createWorkbench(wecom)
    try {
      await workbench.setNumbers(member, numbers).catch(async (error) => {
        if (!(error instanceof ChannelError) || error.code !== NO_TEMPLATE) throw error
        // The tile shows no numbers yet, or an administrator set it back.
        await workbench.setTemplate(numbersOf(0, 0))
        await workbench.setNumbers(member, numbers)
      })
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
