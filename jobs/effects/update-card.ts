import { ChannelError } from '../../channels/channel-error.js'
import { drawCard } from '../../domain/card/draw-card.js'
import { defineEffect, done, skip } from '../define.js'
import { getMember } from '../find-member.js'

/**
 * Changes a card that somebody has, silently, with the code that buys one change (official page 94888). Died in between:
 * tried again; a code that turns out to be used is the change having arrived, or an older one that the next click mends.
 */
export default defineEffect({
  name: 'update-card',
  ifUnknown: 'repeat',
  async run({ db, now, channel }, { copyId }) {
    const copy = await db.cardCopy.findUniqueOrThrow({ where: { id: copyId }, include: { card: true } })
    if (copy.shown >= copy.card.version) return skip('this copy is up to date')
    if (!copy.code || !copy.codeUntil || copy.codeUntil <= now) return skip('no code left: put right at its next click')
    const card = await drawCard(db, copy.card, now)
    if (!card) return skip('its subject is gone')
    const { code } = copy
    const receipt = { code, version: copy.card.version, used: false }
    try {
      await channel.updateCard(await getMember(db, copy.personId), copy.id, code, card)
      return done(receipt)
    } catch (error) {
      if (!(error instanceof ChannelError) || error.kind !== 'code-used') throw error
      return done({ ...receipt, used: true })
    }
  },
  async keep(work, { copyId }, { code, version, used }) {
    // Only the code that was spent: a click in between may have brought a fresh one.
    await work.tx.cardCopy.updateMany({ where: { id: copyId, code }, data: { code: null, codeUntil: null } })
    if (!used) await work.tx.cardCopy.updateMany({ where: { id: copyId, shown: { lt: version } }, data: { shown: version } })
  },
})
