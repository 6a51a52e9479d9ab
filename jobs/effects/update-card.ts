import { ChannelError } from '../../channels/channel-error.js'
import { noteQuotaEnd } from '../../domain/budget/note-quota-end.js'
import { drawCard } from '../../domain/card/draw-card.js'
import { followUpTomorrow } from '../../domain/card/redraw-card.js'
import { chatPlatform } from '../../domain/person/person.contract.js'
import { type Done, defineEffect, done, type Skipped, skip } from '../define.js'
import { getMember } from '../find-member.js'

type Changed = { code: string | null; version: number; outcome: 'changed' | 'code-used' | 'quota' }

/**
 * Changes a card that somebody has, silently: WeCom's with the code that buys one change (official page 94888), DingTalk's as
 * often as it is needed. Died in between: tried again; a code that turns out to be used is the change having arrived, or an
 * older one that the next click mends.
 */
export default defineEffect({
  name: 'update-card',
  ifUnknown: 'repeat',
  async run({ db, now, channels }, { copyId }): Promise<Skipped | Done<Changed>> {
    const copy = await db.cardCopy.findUniqueOrThrow({ where: { id: copyId }, include: { card: true } })
    if (copy.shown >= copy.card.version) return skip('this copy is up to date')
    const platform = chatPlatform.parse(copy.platform)
    const channel = channels[platform]
    if (!channel) return skip(`${platform} is not connected any more`)
    const isOpen = copy.code !== null && copy.codeUntil !== null && copy.codeUntil > now
    if (platform === 'wecom' && !isOpen) return skip('no code left: put right at its next click')
    const card = await drawCard(db, copy.card, now)
    if (!card) return skip('its subject is gone')
    const changed = { code: copy.code, version: copy.card.version }
    try {
      await channel.updateCard(await getMember(db, copy.personId, platform), copy.id, copy.code, card)
      return done({ ...changed, outcome: 'changed' })
    } catch (error) {
      if (!(error instanceof ChannelError) || (error.kind !== 'code-used' && error.kind !== 'quota')) throw error
      return done({ ...changed, outcome: error.kind })
    }
  },
  async keep(work, { copyId }, { code, version, outcome }) {
    // Only the code that was spent: a click in between may have brought a fresh one.
    if (code) await work.tx.cardCopy.updateMany({ where: { id: copyId, code }, data: { code: null, codeUntil: null } })
    if (outcome === 'quota') {
      await noteQuotaEnd(work, { platform: 'dingtalk', what: 'call', words: '更新卡片时额度已用完' })
      await followUpTomorrow(work, copyId, version)
    }
    if (outcome === 'changed')
      await work.tx.cardCopy.updateMany({ where: { id: copyId, shown: { lt: version } }, data: { shown: version } })
  },
})
