import { ChannelError } from '../../channels/channel-error.js'
import { drawCard } from '../../domain/card/draw-card.js'
import { CODE_LIFE_MS } from '../../domain/card/press.js'
import { followUp } from '../../domain/card/redraw-card.js'
import { markAsked } from '../../domain/requirement/mark-asked.js'
import { GiveUp } from '../../lib/errors.js'
import { defineEffect, done, skip } from '../define.js'
import { getMember } from '../find-member.js'

/**
 * Sends one person's copy. Died in between: sent again under the copy's id as `task_id` with the platform's duplicate check
 * (official page 90236), so that it is shown once. The response code of the first try is lost then; the next click brings one.
 */
export default defineEffect({
  name: 'send-card',
  ifUnknown: 'repeat',
  async run({ db, now, channel }, { copyId }) {
    const copy = await db.cardCopy.findUniqueOrThrow({ where: { id: copyId }, include: { card: true } })
    if (copy.handle) return skip('this copy was sent before')
    const card = await drawCard(db, copy.card, now)
    if (!card) return skip('its subject no longer wants this said')
    if (card.settled) return skip(`settled before it left: ${card.settled}`)
    const to = await getMember(db, copy.personId)
    try {
      const receipt = await channel.sendCard(to, copy.id, card)
      const missed = receipt.notReached[0]
      if (missed) throw new GiveUp(`不能送达 ${missed.to}：${missed.why}`)
      return done({ ...receipt, version: copy.card.version })
    } catch (error) {
      if (!(error instanceof ChannelError) || error.kind !== 'already-sent') throw error
      // The try whose answer was lost arrived, and since then the card says something else: which version is shown, and
      // with which code, nobody knows. Its next click puts it right.
      return done({ messageId: null, code: null, notReached: [], version: 0 })
    }
  },
  async keep(work, { copyId }, receipt) {
    const copy = await work.tx.cardCopy.findUniqueOrThrow({ where: { id: copyId }, include: { card: true } })
    // A click may have come before this commit and brought a fresher code.
    const code = copy.code ?? receipt.code
    const codeUntil = copy.code ? copy.codeUntil : new Date(work.now.getTime() + CODE_LIFE_MS)
    await work.tx.cardCopy.update({
      where: { id: copyId },
      data: {
        handle: receipt.messageId ?? 'accepted',
        code,
        codeUntil: code ? codeUntil : null,
        shown: Math.max(copy.shown, receipt.version),
      },
    })
    await markAsked(work, copy.card)
    // It changed while it was on its way.
    if (copy.card.version > receipt.version) await followUp(work, { ...copy, code }, copy.card.version)
  },
})
