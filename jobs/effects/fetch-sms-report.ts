import { noteCopy } from '../../domain/card/pass-on.js'
import { sendKey } from '../../domain/card/queue-copies.js'
import { later } from '../../domain/outbox.js'
import { findPoint } from '../../domain/reach/find-point.js'
import { defineEffect, done, skip } from '../define.js'

const MINUTE = 60_000
/** Operators answer within seconds or not at all; after the last look it stays 已提交. */
const AGAIN_MS = [5 * MINUTE, 30 * MINUTE, 6 * 60 * MINUTE]

/** Asks the operator what became of a text message: the only proof that it arrived. Asked again it does no harm. */
export default defineEffect({
  name: 'fetch-sms-report',
  ifUnknown: 'repeat',
  async run({ db, outlets }, { copyId }) {
    const copy = await db.cardCopy.findUniqueOrThrow({ where: { id: copyId } })
    // Operators file by real time, whatever the business clock says.
    const sent = await db.outbox.findUnique({ where: { key: sendKey(copyId, 'sms') }, select: { calledAt: true } })
    if (!outlets.sms.use || !copy.handle || !sent?.calledAt) return skip('nothing to ask')
    const mobile = await findPoint(db, outlets.points, { personId: copy.personId, channel: 'sms' })
    if (!mobile) return skip('the number is gone')
    return done(await outlets.sms.use.report(copy.handle, mobile, sent.calledAt))
  },
  async keep(work, { copyId, attempt }, report) {
    if (report.state === 'delivered') return noteCopy(work, copyId, { state: 'delivered' })
    if (report.state === 'failed') return noteCopy(work, copyId, { state: 'failed', reason: report.why })
    const wait = AGAIN_MS[attempt - 1]
    if (wait === undefined) return
    await later(work, {
      kind: 'fetch-sms-report',
      key: `fetch-sms-report:${copyId}:${attempt + 1}`,
      lane: `sms-report:${copyId}`,
      payload: { copyId, attempt: attempt + 1 },
      notBefore: new Date(work.now.getTime() + wait),
    })
  },
})
