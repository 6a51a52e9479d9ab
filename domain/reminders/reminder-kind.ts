import type { Reader } from '../../lib/db.js'
import type { CardKind } from '../card/draw-card.js'

/** One rung of a ladder: how long after the start (business time), to whom, which card. */
export type Level = {
  afterMs: number
  to: (db: Reader, subjectId: string) => Promise<string[]>
  card: CardKind
}

/**
 * A reminder kind is data and pure look-ups; the engine does the rest. `name` equals the file's name. What ends it calls
 * `settleReminder` where that happens.
 */
export type ReminderKind = { name: string; label: string; levels: [Level, ...Level[]] }

export const defineReminder = (kind: ReminderKind): ReminderKind => kind

export const HOUR = 3_600_000
