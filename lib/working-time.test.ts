import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shanghaiDay } from './format/dates.js'
import { isWorkingDay, minuteOf, type Week } from './working-days.js'
import { addTime, type Calendar, type Counting, endOfNextWorkingDay, type Hours, timeBetween } from './working-time.js'

const HOUR = 3_600_000
const FIVE: Calendar = { week: { kind: 'five' }, hours: { from: 9 * 60, to: 18 * 60 } }
const shanghai = (at: string) => new Date(`${at}+08:00`)
const after = (at: string, hours: number, counting: Counting, calendar = FIVE) =>
  shanghaiClock(addTime(shanghai(at), hours * HOUR, counting, calendar))
const shanghaiClock = (at: Date) => new Date(at.getTime() + 8 * HOUR).toISOString().slice(0, 16).replace('T', ' ')

const week: fc.Arbitrary<Week> = fc.oneof(
  fc.constant<Week>({ kind: 'five' }),
  fc.constant<Week>({ kind: 'six' }),
  fc.integer({ min: 0, max: 60 }).map((n): Week => ({ kind: 'alternate', longWeek: shanghaiDay(Date.UTC(2026, 0, 1 + n)) })),
)
const minute = fc.integer({ min: 0, max: 24 * 60 - 1 })
const byDay: fc.Arbitrary<Hours> = fc
  .tuple(minute, fc.integer({ min: 1, max: 24 * 60 }))
  .map(([from, length]) => ({ from, to: Math.min(24 * 60, from + length) }))
/** Night shifts too. */
const anyHours: fc.Arbitrary<Hours> = fc.tuple(minute, minute).map(([from, to]) => ({ from, to }))
const calendarWith = (hours: fc.Arbitrary<Hours>) => fc.record({ week, hours })
/** Over both published years and the one that is not, to the millisecond. */
const moment = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 5, 1) }).map((ms) => new Date(ms))
const span = fc.integer({ min: 0, max: 12 * 24 * HOUR })
const counting = fc.constantFrom<Counting>('clock', 'working-days', 'working-hours')
const check = fc.assert

describe.each([
  ['by day', calendarWith(byDay)],
  ['at any hours, over midnight too', calendarWith(anyHours)],
])('counted time %s', (_what, calendar) => {
  it('adds up, to the millisecond', () => {
    check(
      fc.property(moment, span, span, counting, calendar, (from, a, b, counts, on) => {
        const atOnce = addTime(from, a + b + 1, counts, on)
        const inTwo = addTime(addTime(from, a, counts, on), b + 1, counts, on)
        expect(inTwo.toISOString()).toBe(atOnce.toISOString())
      }),
    )
  })

  it('never goes backwards: later begun or longer is never earlier', () => {
    check(
      fc.property(moment, span, span, span, counting, calendar, (from, later, ms, more, counts, on) => {
        const end = addTime(from, ms, counts, on).getTime()
        expect(addTime(new Date(from.getTime() + later), ms, counts, on).getTime()).toBeGreaterThanOrEqual(end)
        expect(addTime(from, ms + more, counts, on).getTime()).toBeGreaterThanOrEqual(end)
        expect(end).toBeGreaterThanOrEqual(from.getTime())
      }),
    )
  })

  it('is what lies between, exactly', () => {
    check(
      fc.property(moment, span, counting, calendar, (from, ms, counts, on) => {
        expect(timeBetween(from, addTime(from, ms, counts, on), counts, on)).toBe(ms)
      }),
    )
  })

  it('what lies between adds up, and is nothing backwards', () => {
    check(
      fc.property(moment, span, span, counting, calendar, (from, a, b, counts, on) => {
        const middle = new Date(from.getTime() + a)
        const end = new Date(middle.getTime() + b)
        const parts = timeBetween(from, middle, counts, on) + timeBetween(middle, end, counts, on)
        expect(timeBetween(from, end, counts, on)).toBe(parts)
        if (b > 0) expect(timeBetween(end, middle, counts, on)).toBe(0)
      }),
    )
  })
})

it('the last counted moment is never on a day off, nor outside of the working hours', () => {
  check(
    fc.property(moment, span, calendarWith(byDay), (from, ms, on) => {
      for (const counts of ['working-days', 'working-hours'] as const) {
        // The end of a span is its last moment, 24:00 of a Friday too.
        const last = new Date(addTime(from, ms + 1, counts, on).getTime() - 1)
        expect(isWorkingDay(shanghaiDay(last), on.week)).toBe(true)
        if (counts === 'working-days') continue
        expect(minuteOf(last)).toBeGreaterThanOrEqual(on.hours.from)
        expect(minuteOf(last)).toBeLessThan(on.hours.to)
      }
    }),
  )
})

it('four hours of a Friday afternoon pause on the weekend', () => {
  expect(after('2026-11-20T22:00', 4, 'working-days')).toBe('2026-11-23 02:00')
  expect(after('2026-11-20T16:30', 4, 'working-hours')).toBe('2026-11-23 11:30')
  expect(after('2026-11-20T22:00', 4, 'clock')).toBe('2026-11-21 02:00')
  expect(after('2026-11-20T16:30', 4, 'working-hours', { ...FIVE, week: { kind: 'six' } })).toBe('2026-11-21 11:30')
})

it('72 hours over a Spring Festival wait until it is over, and count the make-up Saturday before it', () => {
  expect(after('2026-02-13T10:00', 72, 'working-days')).toBe('2026-02-25 10:00')
  expect(after('2026-09-30T10:00', 24, 'working-days')).toBe('2026-10-08 10:00')
})

it('time that runs out with the day ends with the day; begun on a day off it begins with the next working one', () => {
  expect(after('2026-11-20T14:00', 4, 'working-hours')).toBe('2026-11-20 18:00')
  expect(after('2026-11-20T18:00', 1, 'working-hours')).toBe('2026-11-23 10:00')
  expect(after('2026-11-21T12:00', 0, 'working-hours')).toBe('2026-11-23 09:00')
  expect(after('2026-11-21T12:00', 24, 'working-days')).toBe('2026-11-24 00:00')
})

it('a night shift belongs to the day on which it begins', () => {
  const night: Calendar = { ...FIVE, hours: { from: 22 * 60, to: 6 * 60 } }
  expect(after('2026-11-20T23:00', 2, 'working-hours', night)).toBe('2026-11-21 01:00')
  expect(after('2026-11-21T01:00', 6, 'working-hours', night)).toBe('2026-11-23 23:00')
  expect(timeBetween(shanghai('2026-11-23T00:00'), shanghai('2026-11-24T12:00'), 'working-hours', night)).toBe(8 * HOUR)
})

it('the end of the next working day is that of its working hours, on a working day after this one', () => {
  expect(shanghaiClock(endOfNextWorkingDay(shanghai('2026-11-20T09:00'), FIVE))).toBe('2026-11-23 18:00')
  expect(shanghaiClock(endOfNextWorkingDay(shanghai('2026-11-23T23:59'), FIVE))).toBe('2026-11-24 18:00')
  check(
    fc.property(moment, calendarWith(byDay), (from, on) => {
      const end = endOfNextWorkingDay(from, on)
      const last = new Date(end.getTime() - 1)
      expect(shanghaiDay(last) > shanghaiDay(from)).toBe(true)
      expect(isWorkingDay(shanghaiDay(last), on.week)).toBe(true)
      const between = timeBetween(from, end, 'working-days', on) / (24 * HOUR)
      expect(between).toBeLessThanOrEqual(2)
    }),
  )
})
