import { drawMail } from '../../channels/mail/draw-mail.js'
import { noteCopy, passOn } from '../../domain/card/pass-on.js'
import { textOfCard } from '../../domain/card/text-of-card.js'
import { findPoint } from '../../domain/reach/find-point.js'
import { type CopyReceipt, type Done, defineEffect, done } from '../define.js'
import { drawCopy } from '../draw-copy.js'

/** One mail to one of ours. Died in between: sent again under the same Message-ID, which most mailboxes show once. */
export default defineEffect({
  name: 'send-mail',
  ifUnknown: 'repeat',
  async run({ db, now, outlets }, { copyId }): Promise<Done<CopyReceipt>> {
    const drawn = await drawCopy(db, copyId, now)
    if ('dropped' in drawn) return done({ state: 'dropped', reason: drawn.dropped })
    if (!outlets.mail.use) return done({ state: 'off', reason: outlets.mail.why })
    const { personId } = drawn.copy
    const to = await findPoint(db, outlets.points, { personId, channel: 'mail' })
    if (!to) return done({ state: 'off', reason: '没有核实过的邮箱' })
    const { title, lines, link } = textOfCard(drawn.card, outlets.publicUrl)
    const letter = drawMail({ title, lines, link: { label: '打开处理', url: link } })
    const { messageId } = await outlets.mail.use.send({ to, ...letter, key: copyId })
    return done({ state: 'submitted', reason: null, messageId })
  },
  async keep(work, { copyId }, receipt) {
    await noteCopy(work, copyId, receipt)
    if (receipt.messageId) await work.tx.cardCopy.update({ where: { id: copyId }, data: { handle: receipt.messageId } })
  },
  failed: (work, { copyId }, outcome) => noteCopy(work, copyId, outcome),
  async stuck(work, { copyId }) {
    await passOn(work, await work.tx.cardCopy.findUniqueOrThrow({ where: { id: copyId } }), { despite: true })
  },
})
