import { noteCopy, passOn } from '../../domain/card/pass-on.js'
import { later } from '../../domain/outbox.js'
import { findPoint } from '../../domain/reach/find-point.js'
import { countWaiting } from '../../domain/reminders/count-waiting.js'
import { type CopyReceipt, type Done, defineEffect, done } from '../define.js'
import { drawCopy } from '../draw-copy.js'

const FIRST_REPORT_MS = 60_000

/**
 * One text message to one of ours: the approved neutral words, no name and no amount. Died in between: not repeated, because
 * an operator has no key for that and a person would get it twice; the copy says that nobody knows, and the route goes on.
 */
export default defineEffect({
  name: 'send-sms',
  ifUnknown: 'show',
  async run({ db, now, outlets }, { copyId }): Promise<Done<CopyReceipt>> {
    const drawn = await drawCopy(db, copyId, now)
    if ('dropped' in drawn) return done({ state: 'dropped', reason: drawn.dropped })
    if (!outlets.sms.use) return done({ state: 'off', reason: outlets.sms.why })
    const { personId } = drawn.copy
    const mobile = await findPoint(db, outlets.points, { personId, channel: 'sms' })
    if (!mobile) return done({ state: 'off', reason: '没有核实过的手机号' })
    const { messageId } = await outlets.sms.use.send(mobile, await countWaiting(db, personId, now), copyId)
    return done({ state: 'submitted', reason: null, messageId })
  },
  async keep(work, { copyId }, receipt) {
    await noteCopy(work, copyId, receipt)
    if (!receipt.messageId) return
    await work.tx.cardCopy.update({ where: { id: copyId }, data: { handle: receipt.messageId } })
    await later(work, {
      kind: 'fetch-sms-report',
      key: `fetch-sms-report:${copyId}:1`,
      lane: `sms-report:${copyId}`,
      payload: { copyId, attempt: 1 },
      notBefore: new Date(work.now.getTime() + FIRST_REPORT_MS),
    })
  },
  failed: (work, { copyId }, outcome) => noteCopy(work, copyId, outcome),
  async stuck(work, { copyId }) {
    await passOn(work, await work.tx.cardCopy.findUniqueOrThrow({ where: { id: copyId } }), { despite: true })
  },
})
