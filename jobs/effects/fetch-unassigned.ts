import { ChannelError } from '../../channels/channel-error.js'
import { listLeavers } from '../../channels/wecom/unassigned.js'
import { askWhetherLeft } from '../../domain/handover/ask-whether-left.js'
import { defineEffect, done } from '../define.js'

type Found = { leavers: string[]; why: string | null }

/**
 * Once a day: whose customers does the platform hold for somebody to take over? An event may have been lost. Who came back
 * stands on that list too, so each is asked for. Reading twice is harmless; an app that may not read it says so and is quiet.
 */
export default defineEffect({
  name: 'fetch-unassigned',
  ifUnknown: 'repeat',
  async run({ wecom }): Promise<{ receipt: Found }> {
    try {
      return done({ leavers: await listLeavers(wecom), why: null })
    } catch (error) {
      if (!(error instanceof ChannelError) || error.kind === 'retry' || error.kind === 'refresh') throw error
      return done({ leavers: [], why: error.message })
    }
  },
  async keep(work, { day }, { leavers }) {
    const there = await work.tx.identity.findMany({
      where: { platform: 'wecom', kind: 'member', value: { in: leavers }, person: { leftAt: null } },
      select: { personId: true },
    })
    for (const { personId } of there) if (personId) await askWhetherLeft(work, personId, day, { attempt: 2 })
  },
})
