import type { Channel, ChatPlatform } from '../channels/channel.js'
import type { Dingtalk } from '../channels/dingtalk/client.js'
import type { Wecom } from '../channels/wecom/client.js'
import type { EffectKind, Effects } from '../domain/outbox.js'
import type { Work } from '../domain/work.js'
import type { Db } from '../lib/db.js'
import type { Outlets } from './outlets.js'

/** How each chat platform is spoken on; null: the organisation has not connected it. */
export type Channels = Record<ChatPlatform, Channel | null>
export type EffectDeps = {
  db: Db
  /** Business time. */
  now: Date
  machineNow: Date
  channels: Channels
  wecom: Wecom
  dingtalk: Dingtalk | null
  outlets: Outlets
}

/** No longer wanted: nothing was done. */
export type Skipped = { skip: string }
export type Done<R> = { receipt: R }
export const skip = (why: string): Skipped => ({ skip: why })
export const done = <R>(receipt: R): Done<R> => ({ receipt })

/** What became of one copy of a card on its channel. */
export type CopyReceipt = { state: 'submitted' | 'off' | 'dropped'; reason: string | null; messageId?: string | null }

/**
 * One file in effects/: one kind of outbox row.
 *
 * `run` does the outside thing and nothing to the database; what it returns is handed to `keep`, which runs in the
 * transaction that marks the row done.
 *
 * `ifUnknown` says what happens when a worker died after the call began and nobody knows its outcome:
 * `repeat` (the platform's own key, or doing it twice is harmless) or `show` (never repeat, an administrator sees it).
 */
export type Effect<K extends EffectKind = EffectKind, R = unknown> = {
  name: K
  ifUnknown: 'repeat' | 'show'
  run(deps: EffectDeps, payload: Effects[K]): Promise<Skipped | Done<R>>
  keep?(work: Work, payload: Effects[K], receipt: R): Promise<void>
  /** The same for several at once, in place of `keep`: for what leaves by the hundred. */
  keepAll?(work: Work, items: { payload: Effects[K]; receipt: R; trace: string }[]): Promise<void>
  /** It will not be done any more; runs in the transaction that marks the row so. */
  failed?(work: Work, payload: Effects[K], outcome: { state: 'failed' | 'unknown'; reason: string }): Promise<void>
  /** It has been tried in vain for a quarter of an hour and goes on being tried. May run several times. */
  stuck?(work: Work, payload: Effects[K]): Promise<void>
}

export const defineEffect = <K extends EffectKind, R>(effect: Effect<K, R>): Effect<K, R> => effect
