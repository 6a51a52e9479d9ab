import { newId } from '../../lib/ids.js'
import { lockContact } from '../contact/lock-contact.js'
import type { TouchSource } from '../first-contact/first-contact.contract.js'
import { reconcile } from '../first-contact/reconcile.js'
import type { Work } from '../work.js'

/** One moment at which our side and a person came together. */
export type NewTouch = {
  /** The same moment told twice is one: 「add:wecom:<corp>:<userid>:<external id>」. */
  key: string
  contactId: string
  /** Null: nobody knows yet which of ours. It starts no clock by itself. */
  personId: string | null
  source: TouchSource
  /** Business time at which it was, by the platform's word. */
  at: Date
  /** 渠道: the state of the contact way that was scanned. */
  channel?: string | null
  /** Of a call. */
  seconds?: number | null
  /** It was before we were connected: history, which starts no clock and keeps later touches from starting one. */
  backfilled?: boolean
}

/**
 * The one door to Touch and FirstContact. Told twice is nothing, in whatever order. What was read as history and is told as it
 * happens is not history.
 */
export async function noteTouch(work: Work, touch: NewTouch): Promise<void> {
  const contactId = await lockContact(work, touch.contactId)
  const { key, personId, source, at, channel = null, seconds = null, backfilled = false } = touch
  const { count } = await work.tx.touch.createMany({
    data: { id: newId(), key, contactId, personId, source, at, heardAt: work.now, channel, seconds, backfilled },
    skipDuplicates: true,
  })
  if (count === 0 && !(await isNewsNow(work, touch))) return
  work.touched.add(`chat:${contactId}`)
  await reconcile(work, contactId)
}

/** A callback that waited while the history was read tells of the same moment. */
async function isNewsNow(work: Work, { key, backfilled = false, channel = null }: NewTouch): Promise<boolean> {
  if (backfilled) return false
  const { count } = await work.tx.touch.updateMany({
    where: { key, backfilled: true },
    data: { backfilled: false, heardAt: work.now, ...(channel ? { channel } : {}) },
  })
  return count > 0
}
