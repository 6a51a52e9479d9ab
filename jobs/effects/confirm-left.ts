import { ChannelError } from '../../channels/channel-error.js'
import { getUser, outOfRange } from '../../channels/dingtalk/user.js'
import { findMember } from '../../channels/wecom/member.js'
import { type MemberState, noteState } from '../../domain/handover/note-state.js'
import type { ChatPlatform } from '../../domain/person/person.contract.js'
import { defineEffect, done, type EffectDeps, skip } from '../define.js'

/**
 * How it stands with a colleague of whom an event or a list says that they are gone, wherever they have an account: user/get
 * of WeCom (official page 90196), topapi/v2/user/get of DingTalk (query-user-details).
 */
export default defineEffect({
  name: 'confirm-left',
  ifUnknown: 'repeat',
  async run({ db, channels, wecom, dingtalk }, { personId }) {
    const identities = await db.identity.findMany({
      where: { personId, kind: 'member', person: { leftAt: null } },
      select: { platform: true, value: true },
    })
    const states: { platform: ChatPlatform; state: MemberState }[] = []
    for (const { platform, value } of identities) {
      // A platform that the organisation has given up can't say anything: the other one's word is all there is.
      if (platform === 'wecom' && channels.wecom) states.push({ platform, state: (await findMember(wecom, value)).state })
      if (platform === 'dingtalk' && dingtalk) states.push({ platform, state: await stateIn(dingtalk, value) })
    }
    return states.length > 0 ? done({ states }) : skip('has left before, or no platform to ask is connected')
  },
  keep: (work, { personId, attempt }, { states }) => noteState(work, personId, { states, attempt }),
})

async function stateIn(dingtalk: NonNullable<EffectDeps['dingtalk']>, userid: string): Promise<MemberState> {
  try {
    const user = await getUser(dingtalk, userid)
    if (!user) return 'left'
    return user.active ? 'active' : 'not-joined'
  } catch (error) {
    if (error instanceof ChannelError && outOfRange.includes(error.code)) return 'not-in-range'
    throw error
  }
}
