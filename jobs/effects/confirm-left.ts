import { findMember } from '../../channels/wecom/member.js'
import { noteState } from '../../domain/handover/note-state.js'
import { defineEffect, done, skip } from '../define.js'

/** How it stands with a colleague of whom an event or a list says that they are gone (user/get, official page 90196). */
export default defineEffect({
  name: 'confirm-left',
  ifUnknown: 'repeat',
  async run({ db, wecom }, { personId }) {
    const identity = await db.identity.findFirst({
      where: { personId, platform: 'wecom', kind: 'member', person: { leftAt: null } },
      select: { value: true },
    })
    if (!identity) return skip('has left before')
    const { state } = await findMember(wecom, identity.value)
    return done({ state })
  },
  keep: (work, { personId, attempt }, { state }) => noteState(work, personId, { state, attempt }),
})
