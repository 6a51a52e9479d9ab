import { addTime } from '../../lib/working-time.js'
import type { Calm } from '../reminders/calm.contract.js'
import { calendarOf } from '../reminders/calm.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Heard later than this, and whoever has to act could not know: their reminder counts from then. The ratio does not. */
const LATE_MS = HOUR_MS

export const KIND = 'first-contact-24h'
export const subjectOf = (firstContactId: string) => `first-contact:${firstContactId}`

/** When an opportunity must exist: 24 hours that pause on days off. */
export const deadlineOf = (at: Date, calm: Calm): Date => addTime(at, DAY_MS, 'working-days', calendarOf(calm))

/** From when the ladder counts. */
export const beginOf = ({ at, heardAt }: { at: Date; heardAt: Date }): Date =>
  at > heardAt || heardAt.getTime() - at.getTime() > LATE_MS ? heardAt : at
