import { addTime } from '../../lib/working-time.js'
import type { Calm } from '../reminders/calm.contract.js'
import { calendarOf } from '../reminders/calm.js'

export const HOURS = 72
const HOUR_MS = 3_600_000

export const KIND = 'quote-72h'
export const subjectOf = (opportunityId: string) => `${KIND}:${opportunityId}`

/** By when a lead must have its first price: 72 hours that pause on days off. */
export const deadlineOf = (createdAt: Date, calm: Calm): Date =>
  addTime(createdAt, HOURS * HOUR_MS, 'working-days', calendarOf(calm))
