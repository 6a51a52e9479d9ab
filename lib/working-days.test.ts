import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { shanghaiDay } from './format/dates.js'
import { isPublished, isWorkingDay, minutesOf, nextWorkingMorning, type Week } from './working-days.js'

const morning = (after: string) => nextWorkingMorning(new Date(after), 8 * 60 + 15).toISOString()
const DAY_MS = 24 * 3_600_000

test('weekends and holidays are off, make-up days are not', () => {
  expect(isWorkingDay('2026-11-23')).toBe(true)
  expect(isWorkingDay('2026-11-22')).toBe(false)
  expect(isWorkingDay('2026-10-01')).toBe(false)
  expect(isWorkingDay('2026-10-10')).toBe(true)
})

test('the next working morning is tomorrow, or after the days off', () => {
  expect(morning('2026-11-19T10:00:00+08:00')).toBe('2026-11-20T00:15:00.000Z')
  expect(morning('2026-11-20T23:59:00+08:00')).toBe('2026-11-23T00:15:00.000Z')
  expect(morning('2026-09-30T09:00:00+08:00')).toBe('2026-10-08T00:15:00.000Z')
})

test('the day is counted in Shanghai, not in Greenwich', () => {
  expect(morning('2026-11-18T16:30:00Z')).toBe('2026-11-20T00:15:00.000Z')
})

/** Every day between, both included. */
const days = (from: string, to: string) =>
  Array.from({ length: (Date.parse(to) - Date.parse(from)) / DAY_MS + 1 }, (_, n) => shanghaiDay(Date.parse(from) + n * DAY_MS))
const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay()
const isWeekend = (day: string) => weekday(day) % 6 === 0
const year = (y: number) => days(`${y}-01-01`, `${y}-12-31`)

/** 国务院办公厅关于部分节假日安排的通知, https://www.gov.cn: the spans that are off, and weekend days that are worked for them. */
const published = {
  2025: {
    off: [
      days('2025-01-01', '2025-01-01'),
      days('2025-01-28', '2025-02-04'),
      days('2025-04-04', '2025-04-06'),
      days('2025-05-01', '2025-05-05'),
      days('2025-05-31', '2025-06-02'),
      days('2025-10-01', '2025-10-08'),
    ].flat(),
    worked: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  },
  2026: {
    off: [
      days('2026-01-01', '2026-01-03'),
      days('2026-02-15', '2026-02-23'),
      days('2026-04-04', '2026-04-06'),
      days('2026-05-01', '2026-05-05'),
      days('2026-06-19', '2026-06-21'),
      days('2026-09-25', '2026-09-27'),
      days('2026-10-01', '2026-10-07'),
    ].flat(),
    worked: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
}

const SIX: Week = { kind: 'six' }
/** Monday 2026-11-16 begins a week with six days. */
const ALTERNATE: Week = { kind: 'alternate', longWeek: '2026-11-18' }

describe.each([2025, 2026] as const)('the published calendar of %i', (y) => {
  const { off, worked } = published[y]
  it('is followed day by day in a week of five days', () => {
    for (const day of year(y)) {
      const works = worked.includes(day) || (!isWeekend(day) && !off.includes(day))
      expect(`${day} ${isWorkingDay(day)}`).toBe(`${day} ${works}`)
    }
  })

  it('单休 works every Saturday besides that is no holiday', () => {
    for (const day of year(y)) {
      const works = worked.includes(day) || (weekday(day) !== 0 && !off.includes(day))
      expect(`${day} ${isWorkingDay(day, SIX)}`).toBe(`${day} ${works}`)
    }
  })

  it('大小周 works Saturdays of every other week, make-up days in both, holidays in neither', () => {
    for (const day of year(y)) {
      if (weekday(day) !== 6) expect(isWorkingDay(day, ALTERNATE)).toBe(isWorkingDay(day))
      else if (worked.includes(day)) expect(isWorkingDay(day, ALTERNATE)).toBe(true)
      else if (off.includes(day)) expect(isWorkingDay(day, ALTERNATE)).toBe(false)
    }
    const saturdays = days('2026-10-17', '2026-12-19').filter((day) => weekday(day) === 6)
    expect(saturdays.filter((day) => isWorkingDay(day, ALTERNATE))).toEqual([
      '2026-10-24',
      '2026-11-07',
      '2026-11-21',
      '2026-12-05',
      '2026-12-19',
    ])
  })
})

describe('a year that no calendar covers yet', () => {
  it('is known to be one', () => {
    expect([2025, 2026, 2027].map(isPublished)).toEqual([true, true, false])
  })

  it('counts by weekday, also where a holiday will surely be', () => {
    for (const day of days('2027-01-02', '2027-12-31')) {
      expect(`${day} ${isWorkingDay(day)}`).toBe(`${day} ${!isWeekend(day)}`)
      expect(isWorkingDay(day, SIX)).toBe(weekday(day) !== 0)
    }
  })

  it('goes on alternating over the turn of the year', () => {
    expect(['2026-12-19', '2026-12-26', '2027-01-02', '2027-01-09'].map((day) => isWorkingDay(day, ALTERNATE))).toEqual([
      true,
      false,
      true,
      false,
    ])
  })
})

it('whichever day names the long week, the weeks alternate in the same way, before and after it', () => {
  const day = fc.integer({ min: 0, max: 3 * 365 }).map((n) => shanghaiDay(Date.parse('2025-01-01') + n * DAY_MS))
  fc.assert(
    fc.property(day, day, fc.integer({ min: 0, max: 6 }), (asked, long, n) => {
      const monday = Date.parse(long) - ((weekday(long) + 6) % 7) * DAY_MS
      const week: Week = { kind: 'alternate', longWeek: shanghaiDay(monday + n * DAY_MS) }
      expect(isWorkingDay(asked, week)).toBe(isWorkingDay(asked, { kind: 'alternate', longWeek: long }))
    }),
  )
})

it('a time of day is read exactly, and nothing else is', () => {
  expect([minutesOf('00:00'), minutesOf('08:15'), minutesOf('23:59')]).toEqual([0, 495, 1439])
  for (const wrong of ['24:00', '8:15', '08:60', '', '08:15:00']) expect(() => minutesOf(wrong)).toThrow(RangeError)
})
