import { ChannelError } from '../../channels/channel-error.js'
import { type DingWay, sendDing } from '../../channels/dingtalk/ding.js'
import { whySaved } from '../../domain/budget/find-thrifty.js'
import type { Card } from '../../domain/card/card.js'
import { noteCopy } from '../../domain/card/pass-on.js'
import { findDingtalk } from '../../domain/rule/find-dingtalk.js'
import { GiveUp } from '../../lib/errors.js'
import { type CopyReceipt, type Done, defineEffect, done } from '../define.js'
import { drawCopy } from '../draw-copy.js'
import { memberOf } from '../find-member.js'

/**
 * A DING for the last word of an escalation, in the app unless an administrator chose a text message or a call. Died in between:
 * not repeated, the platform has no key for it and it would ring twice; the copy says that nobody knows.
 */
export default defineEffect({
  name: 'send-ding',
  ifUnknown: 'show',
  async run({ db, now, dingtalk }, { copyId }): Promise<Done<CopyReceipt>> {
    const drawn = await drawCopy(db, copyId, now)
    if ('dropped' in drawn) return done({ state: 'dropped', reason: drawn.dropped })
    if (!dingtalk) return done({ state: 'off', reason: '没有接通钉钉' })
    const { ding } = await findDingtalk(db)
    const why = ding === 'off' ? 'DING 没有开启' : await whySaved(db, 'ding')
    if (ding === 'off' || why) return done({ state: 'off', reason: why })
    const userid = memberOf(drawn.copy.person, 'dingtalk')
    try {
      const { dingId, failed } = await sendDing(dingtalk, { to: [userid], by: ding, text: wordsOf(drawn.card, ding) })
      const [missed] = failed
      if (missed) throw new GiveUp(missed.why)
      return done({ state: 'submitted', reason: null, messageId: dingId || null })
    } catch (error) {
      if (!(error instanceof ChannelError) || error.kind !== 'quota') throw error
      return done({ state: 'off', reason: error.hint })
    }
  },
  async keep(work, { copyId }, { messageId, ...outcome }) {
    if (messageId) await work.tx.cardCopy.update({ where: { id: copyId }, data: { handle: messageId } })
    await noteCopy(work, copyId, outcome)
  },
  failed: (work, { copyId }, outcome) => noteCopy(work, copyId, outcome),
})

/** A text message and a call may be heard by others: no name and no matter. */
const wordsOf = ({ title, desc }: Card, by: DingWay) =>
  by === 'app' ? [title, desc].filter(Boolean).join('\n') : '不漏：有一件升级到你的事还没人处理，请打开钉钉查看'
