import { ChannelError } from '../../channels/channel-error.js'
import { sendNotice } from '../../channels/dingtalk/notice.js'
import { whySaved } from '../../domain/budget/find-thrifty.js'
import { noteQuotaEnd } from '../../domain/budget/note-quota-end.js'
import { noteCopy } from '../../domain/card/pass-on.js'
import { later } from '../../domain/outbox.js'
import { formatClock, formatDayShort } from '../../lib/format/dates.js'
import { type Done, defineEffect, done } from '../define.js'
import { drawCopy } from '../draw-copy.js'
import { memberOf } from '../find-member.js'

const FIRST_LOOK_MS = 60_000

type Sent = { taskId: string }
type NotSent = { state: 'off' | 'dropped'; reason: string; usedUp?: boolean }

/**
 * A work notification of DingTalk, beside the card of an escalation. That the platform takes it says nothing: beyond its limits
 * it takes and drops, so its fate is asked for (fetch-notice-result). Died in between: sent again with the same words, which
 * the platform shows once a day.
 */
export default defineEffect({
  name: 'send-work-notice',
  ifUnknown: 'repeat',
  async run({ db, now, dingtalk }, { copyId }): Promise<Done<Sent | NotSent>> {
    const drawn = await drawCopy(db, copyId, now)
    if ('dropped' in drawn) return done({ state: 'dropped', reason: drawn.dropped })
    if (!dingtalk) return done({ state: 'off', reason: '没有接通钉钉' })
    const short = await whySaved(db, 'notice')
    if (short) return done({ state: 'off', reason: short })
    const { createdAt } = drawn.copy.card
    const stamp = `${formatDayShort(createdAt, createdAt)} ${formatClock(createdAt)}`
    try {
      return done(await sendNotice(dingtalk, memberOf(drawn.copy.person, 'dingtalk'), drawn.card, stamp))
    } catch (error) {
      if (!(error instanceof ChannelError) || error.kind !== 'quota') throw error
      return done({ state: 'off', reason: error.hint, usedUp: true })
    }
  },
  async keep(work, { copyId }, receipt) {
    if ('state' in receipt) {
      const { usedUp, ...outcome } = receipt
      if (usedUp) await noteQuotaEnd(work, { platform: 'dingtalk', what: 'call', words: outcome.reason })
      return noteCopy(work, copyId, outcome)
    }
    const { taskId } = receipt
    await work.tx.cardCopy.update({ where: { id: copyId }, data: { handle: taskId } })
    await noteCopy(work, copyId, { state: 'submitted' })
    await later(work, {
      kind: 'fetch-notice-result',
      key: `fetch-notice-result:${copyId}:1`,
      lane: `notice-result:${copyId}`,
      payload: { copyId, taskId, attempt: 1 },
      notBefore: new Date(work.now.getTime() + FIRST_LOOK_MS),
    })
  },
  failed: (work, { copyId }, outcome) => noteCopy(work, copyId, outcome),
})
