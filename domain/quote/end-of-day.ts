import { shanghaiDay } from '../../lib/format/dates.js'

const DAY_MS = 24 * 3_600_000

/** The last moment in Shanghai of the day that comes `days` after that of `at`: 「有效 15 天」, the day of sending not counted. */
export const endOfDay = (at: Date, days: number): Date =>
  new Date(Date.parse(`${shanghaiDay(at)}T00:00:00+08:00`) + (days + 1) * DAY_MS - 1)
