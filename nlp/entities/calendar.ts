import { remember } from '../remember.js'

/** Days as whole numbers since 1970-01-01, so that no clock and no time zone can enter. */
export type Day = number

/** Howard Hinnant's days_from_civil, https://howardhinnant.github.io/date_algorithms.html */
export function toDay(year: number, month: number, day: number): Day {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

export function fromDay(day: Day): { year: number; month: number; day: number } {
  const z = day + 719_468
  const era = Math.floor(z / 146_097)
  const doe = z - era * 146_097
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365)
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100))
  const mp = Math.floor((5 * doy + 2) / 153)
  const month = mp < 10 ? mp + 3 : mp - 9
  return { year: yoe + era * 400 + (month <= 2 ? 1 : 0), month, day: doy - Math.floor((153 * mp + 2) / 5) + 1 }
}

const pad = (n: number) => String(n).padStart(2, '0')

export function toIso(day: Day): string {
  const d = fromDay(day)
  return `${String(d.year).padStart(4, '0')}-${pad(d.month)}-${pad(d.day)}`
}

/** `null` unless the text begins with a date that exists. */
export const parseIso = remember(64, (text): Day | null => {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(text)
  return match ? makeDay(Number(match[1]), Number(match[2]), Number(match[3])) : null
})

export const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31

/** `null` for 2月30号 and the like. */
export const makeDay = (year: number, month: number, day: number): Day | null =>
  month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month) ? toDay(year, month, day) : null

/** 1 = Monday … 7 = Sunday, as Chinese weeks run. */
export const weekday = (day: Day): number => ((((day + 3) % 7) + 7) % 7) + 1

export const mondayOf = (day: Day): Day => day - weekday(day) + 1

export function addMonths(day: Day, months: number): Day {
  const d = fromDay(day)
  const index = d.year * 12 + d.month - 1 + months
  const year = Math.floor(index / 12)
  const month = (index % 12) + 1
  return toDay(year, month, Math.min(d.day, daysInMonth(year, month)))
}
