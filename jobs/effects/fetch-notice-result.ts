import { readNotice } from '../../channels/dingtalk/notice-result.js'
import { noteCopy } from '../../domain/card/pass-on.js'
import { later } from '../../domain/outbox.js'
import { type Done, defineEffect, done, type Skipped, skip } from '../define.js'
import { getCopy } from '../draw-copy.js'
import { memberOf } from '../find-member.js'

/** Each look is a paid call: one soon, which tells what was dropped, and one that tells whether it was read by then. */
const AGAIN_MS = [2 * 60 * 60_000]
/** The same words on the same day: what the platform held back is our own repeat, and the first one is there. */
const REPEATED = '143106'

type Fate = { state: 'delivered' | 'waiting' } | { state: 'failed'; why: string }

/** Asks what became of a work notification: the only way to hear that it was dropped. Asked again it does no harm. */
export default defineEffect({
  name: 'fetch-notice-result',
  ifUnknown: 'repeat',
  async run({ db, dingtalk }, { copyId, taskId }): Promise<Skipped | Done<Fate>> {
    const copy = await getCopy(db, copyId)
    if (!dingtalk || copy.state !== 'submitted') return skip('nothing to ask')
    const userid = memberOf(copy.person, 'dingtalk')
    const { failed, read } = await readNotice(dingtalk, taskId)
    const lost = failed.find((one) => one.userid === userid && one.code !== REPEATED)
    if (lost) return done({ state: 'failed', why: lost.why })
    return done({ state: read.includes(userid) ? 'delivered' : 'waiting' })
  },
  async keep(work, { copyId, taskId, attempt }, fate) {
    if (fate.state === 'delivered') return noteCopy(work, copyId, { state: 'delivered' })
    if (fate.state === 'failed') return noteCopy(work, copyId, { state: 'failed', reason: fate.why })
    const wait = AGAIN_MS[attempt - 1]
    if (wait === undefined) return
    await later(work, {
      kind: 'fetch-notice-result',
      key: `fetch-notice-result:${copyId}:${attempt + 1}`,
      lane: `notice-result:${copyId}`,
      payload: { copyId, taskId, attempt: attempt + 1 },
      notBefore: new Date(work.now.getTime() + wait),
    })
  },
})
