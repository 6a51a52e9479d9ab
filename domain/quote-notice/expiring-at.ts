import { shanghaiDay } from '../../lib/format/dates.js'
import { atMinute, isWorkingDay, minutesOf } from '../../lib/working-days.js'
import type { Calm } from '../reminders/calm.contract.js'
import { weekOf } from '../reminders/calm.js'

const DAY_MS = 24 * 3_600_000
/** A quote that holds for less is told of a day before it ends, others three. */
const SHORT_MS = 7 * DAY_MS

type Holds = { sentAt: Date; validUntil: Date }

/**
 * When its rep is told that a quote is about to end: a working morning with so many whole days left, because on days off nobody
 * is told anything. One that was sent later than that has half of its time.
 */
export function expiringAt({ sentAt, validUntil }: Holds, calm: Calm): Date {
  const lead = validUntil.getTime() - sentAt.getTime() < SHORT_MS ? DAY_MS : 3 * DAY_MS
  const morning = minutesOf(calm.morning)
  let at = atMinute(shanghaiDay(validUntil.getTime() - lead), morning)
  while (at > sentAt && calm.daysOffQuiet && !isWorkingDay(shanghaiDay(at), weekOf(calm))) at = new Date(at.getTime() - DAY_MS)
  return at > sentAt ? at : new Date((sentAt.getTime() + validUntil.getTime()) / 2)
}
