import { ChannelError } from '../../channels/channel-error.js'
import { getGroupChat } from '../../channels/wecom/group-chat.js'
import { dismissGroup, keepGroup } from '../../domain/group/keep-group.js'
import { GiveUp } from '../../lib/errors.js'
import { defineEffect, done } from '../define.js'

/** The platform's words for a group that never was, and for one that was dismissed. */
const GONE: unknown[] = [40050, 49008]

/** A customer group's name and who sits in it (official page 92122). Reading twice is harmless. */
export default defineEffect({
  name: 'fetch-group',
  ifUnknown: 'repeat',
  async run({ db, wecom }, { groupId }) {
    const group = await db.group.findUnique({ where: { id: groupId } })
    if (group?.platform !== 'wecom') throw new GiveUp('not a group of WeCom’s')
    const told = await getGroupChat(wecom, group.chatId).catch((error) => {
      if (error instanceof ChannelError && GONE.includes(error.code)) return null
      throw error
    })
    return done({ organisation: group.organisation, told, toJSON: () => ({ members: told?.members.length ?? null }) })
  },
  keep: (work, { groupId }, { organisation, told }) =>
    told ? keepGroup(work, groupId, organisation, told) : dismissGroup(work, groupId, work.now),
})
