import { bodyOfCard, bodyOfRobot, bodyOfStreamEvent, type InboxBody, type PressedBy } from '../../channels/dingtalk/bodies.js'
import type { Json } from '../../channels/dingtalk/fields.js'
import { isPaidPush } from '../../channels/dingtalk/paid-push.js'
import { quotaEndOf } from '../../channels/dingtalk/quota-end.js'
import type { Bells } from '../../lib/bells.js'
import type { Clock } from '../../lib/clock.js'
import type { Db } from '../../lib/db.js'
import { TryLater } from '../../lib/errors.js'
import { describe, type Log } from '../../lib/log.js'
import { type Answered, createCopyAnswer, nothing } from './answer-press.js'
import { inTime } from './in-time.js'
import type { StoreInbox } from './store-inbox.js'

/** An event's answer is awaited for a second and a half, by the strictest of the platform's pages. */
const STORED_MS = 1_200
/** A press, answered within two seconds: storing, handling and drawing together. */
const SETTLED_MS = 1_500
const LOOK_MS = 40

type Needs = {
  db: Db
  clock: Clock
  store: StoreInbox
  bells: Bells
  log: Log
  /** Handles a lane at once, in this process (bot-server/handle.ts). */
  takeNow: (lane: string) => Promise<void>
  corpId: string
  publicUrl: string
  /** Told of each push that comes out of the month's quota, a repeated one too. */
  onPush?: (source: string) => void
  /** Told when the platform says that the month's pushes are used up. */
  onQuotaEnd?: (words: string) => void
}

export type DingtalkHearing = ReturnType<typeof createDingtalkHearing>

/**
 * What DingTalk pushes, over HTTP and over Stream alike: stored, then acknowledged, then thought about. Each of these
 * resolves when the row stands, a repeat too, and rejects when it could not be stored in time: then it is to be sent again.
 */
export function createDingtalkHearing(needs: Needs) {
  const { db, store, bells, log, takeNow } = needs
  const answerCopy = createCopyAnswer(needs)

  async function keep(row: InboxBody, trace: string): Promise<void> {
    if (isPaidPush(row)) needs.onPush?.(row.source)
    // It may be stored all the same a moment later: the next try is known then.
    const fresh = await inTime(store({ ...row, trace }), STORED_MS)
    if (fresh === null) throw new TryLater('the inbox takes too long')
    log.info({ trace, key: row.key, fresh }, 'callback stored')
  }

  /** In a rush nobody would come to the door: the sweep finds the rows when it is over. */
  const ring = (lane: string) => {
    if (!store.isRushed()) bells.ring('inbox', [lane])
  }

  async function hear(row: InboxBody, trace: string): Promise<void> {
    await keep(row, trace)
    ring(row.lane)
  }

  async function isSettled(key: string): Promise<boolean> {
    const row = await db.inbox.findUnique({ where: { key }, select: { state: true } })
    // What was heard long ago is gone from here.
    return row?.state !== 'open'
  }

  /** True once the row is handled, here or by another process, before `until` (ms of performance.now). */
  async function settle({ key, lane }: InboxBody, until: number): Promise<boolean> {
    await inTime(takeNow(lane), until - performance.now())
    while (!(await isSettled(key))) {
      if (performance.now() + LOOK_MS >= until) return false
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
    return true
  }

  return {
    hear,
    /** A frame's headers say what it is, its data what happened. */
    hearEvent: ({ headers, data }: { headers: Json; data: Json }, trace: string) => hear(bodyOfStreamEvent(headers, data), trace),
    async hearRobot(message: Json, trace: string): Promise<void> {
      const ended = quotaEndOf(message)
      // It says that and nothing else: there is nothing to keep.
      if (ended) return needs.onQuotaEnd?.(ended)
      await hear(bodyOfRobot(message), trace)
    },
    /**
     * A press has its answer in its answer: the person's card as it is then. Changing it afterwards costs a call of the
     * month's quota, so that is left to the row that mends a card whose answer came too late or was lost.
     */
    async hearPress({ told, by }: { told: Json; by: PressedBy }, trace: string): Promise<Answered> {
      const until = performance.now() + SETTLED_MS
      const ended = quotaEndOf(told)
      if (ended) {
        needs.onQuotaEnd?.(ended)
        return nothing
      }
      const row = bodyOfCard(told, by)
      await keep(row, trace)
      const answered = await inTime(answerWhenSettled(row, until, trace), until - performance.now())
      if (answered) return answered
      log.info({ trace, key: row.key }, 'press not answered in time')
      ring(row.lane)
      return nothing
    },
  }

  async function answerWhenSettled(row: InboxBody, until: number, trace: string): Promise<Answered | null> {
    try {
      return (await settle(row, until)) ? await answerCopy(row) : null
    } catch (error) {
      // The row stands: a press that is sent again would bring nothing more.
      log.warn({ trace, key: row.key, ...describe(error) }, 'card not drawn for its press')
      return null
    }
  }
}
