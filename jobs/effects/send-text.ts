import type { Channel } from '../../channels/channel.js'
import { ChannelError } from '../../channels/channel-error.js'
import { findChats } from '../../domain/person/find-chats.js'
import type { ChatPlatform } from '../../domain/person/person.contract.js'
import type { Db } from '../../lib/db.js'
import { GiveUp } from '../../lib/errors.js'
import { type Channels, defineEffect, done } from '../define.js'
import { getMember } from '../find-member.js'
import { sayThere } from '../say-there.js'

/**
 * An answer of the bot, where it was asked; what nobody asked for in the chat that the person uses, and where its month is used
 * up in their other one. Died in between: said again. An answer that comes twice is better than none.
 */
export default defineEffect({
  name: 'send-text',
  ifUnknown: 'repeat',
  async run(deps, payload) {
    const there = await sayThere(deps, payload)
    if (there) return done({ ...there, platform: 'dingtalk' as const })
    const { db, channels } = deps
    const { personId, text, platform } = payload
    const [first, ...others] = await findWays(db, channels, { personId, platform })
    if (!first) throw new GiveUp('没有接通他用的聊天软件')
    return done(await say(first, others))

    async function say(way: Way, left: Way[]): Promise<{ messageId: string | null; platform: ChatPlatform }> {
      try {
        const receipt = await way.channel.sendText(await getMember(db, personId, way.platform), text)
        const missed = receipt.notReached[0]
        if (missed) throw new GiveUp(`不能送达 ${missed.to}：${missed.why}`)
        return { messageId: receipt.messageId, platform: way.platform }
      } catch (error) {
        const [next, ...rest] = left
        if (!next || !(error instanceof ChannelError) || error.kind !== 'quota') throw error
        return say(next, rest)
      }
    }
  },
})

type Way = { platform: ChatPlatform; channel: Channel }

async function findWays(
  db: Db,
  channels: Channels,
  { personId, platform }: { personId: string; platform: ChatPlatform | undefined },
): Promise<Way[]> {
  const chats = (await findChats(db, [personId])).get(personId) ?? []
  return [...new Set(platform ? [platform, ...chats] : chats)].flatMap((one) => {
    const channel = channels[one]
    return channel ? { platform: one, channel } : []
  })
}
