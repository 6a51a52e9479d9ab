import type { Reader } from '../../lib/db.js'
import type { CardKind } from '../card/card-kind.js'

/** One rung of a ladder: when it is due (business time, from the start), to whom, which card. */
export type Level = {
  due: (startedAt: Date) => Date
  to: (db: Reader, subjectId: string) => Promise<string[]>
  card: CardKind
  /** What that card is about; several reminders that name the same card share it. Default: the reminder and its level. */
  about?: (reminder: { subject: string; personId: string; dueAt: Date }) => string
}

/**
 * A reminder kind is data and pure look-ups; the engine does the rest. `name` equals the file's name. What ends it calls
 * `settleReminder` where that happens.
 */
export type ReminderKind = { name: string; label: string; levels: [Level, ...Level[]] }

export const defineReminder = (kind: ReminderKind): ReminderKind => kind

export const HOUR = 3_600_000

export const after =
  (ms: number): Level['due'] =>
  (startedAt) =>
    new Date(startedAt.getTime() + ms)
