import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatClock, shanghaiDay } from '../../lib/format/dates.js'
import { isWorkingDay, minutesOf } from '../../lib/working-days.js'
import { type Calm, defaultCalm } from './calm.contract.js'
import { afterQuiet, endOfMorning, isQuiet, nextDigest, spread, weekOf } from './calm.js'

const shanghai = (at: string) => new Date(`${at}+08:00`)
const clockOf = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const time = fc.integer({ min: 0, max: 24 * 60 - 1 }).map(clockOf)
const person = fc.uuid()
const moment = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 5, 1) }).map((ms) => new Date(ms))

/** Any rules that leave an hour a day in which something may be said, over all kinds of weeks. */
const anyCalm: fc.Arbitrary<Calm> = fc
  .record({
    from: fc.integer({ min: 0, max: 24 * 60 - 1 }),
    length: fc.integer({ min: 0, max: 23 * 60 }),
    daysOffQuiet: fc.boolean(),
    week: fc.constantFrom('five', 'six', 'alternate' as const),
    longWeek: fc.option(fc.integer({ min: 0, max: 13 }).map((n) => shanghaiDay(Date.UTC(2026, 0, 1 + n)))),
    digests: fc.array(time, { minLength: 1, maxLength: 6 }),
    morning: time,
  })
  .map(({ from, length, ...rest }) => ({
    ...defaultCalm,
    ...rest,
    week: rest.week as Calm['week'],
    quiet: { from: clockOf(from), to: clockOf((from + length) % (24 * 60)) },
  }))

const inBulkMinute = (at: Date) => ['00', '30'].includes(formatClock(at).slice(3))

describe('quiet', () => {
  it.each([
    ['2026-11-23T20:29', false],
    ['2026-11-23T20:30', true],
    ['2026-11-24T03:00', true],
    ['2026-11-24T07:59', true],
    ['2026-11-24T08:00', false],
    ['2026-11-21T12:00', true],
    ['2026-10-01T12:00', true],
    ['2026-10-10T12:00', false],
  ])('%s: %s', (at, quiet) => {
    expect(isQuiet(shanghai(at), defaultCalm)).toBe(quiet)
  })

  it('a span within the day, a working Saturday, days off on which something is said, and no quiet hours at all', () => {
    const noon = { ...defaultCalm, quiet: { from: '12:00', to: '14:00' } }
    expect([isQuiet(shanghai('2026-11-23T13:00'), noon), isQuiet(shanghai('2026-11-23T22:00'), noon)]).toEqual([true, false])
    expect(isQuiet(shanghai('2026-11-21T12:00'), { ...defaultCalm, week: 'six' })).toBe(false)
    expect(isQuiet(shanghai('2026-11-21T12:00'), { ...defaultCalm, daysOffQuiet: false })).toBe(false)
    expect(isQuiet(shanghai('2026-11-23T03:00'), { ...defaultCalm, quiet: { from: '08:00', to: '08:00' } })).toBe(false)
  })
})

describe('after the quiet time', () => {
  it('it is never quiet, and asking again changes nothing', () => {
    fc.assert(
      fc.property(moment, anyCalm, person, (now, calm, who) => {
        const at = afterQuiet(now, calm, who)
        expect(isQuiet(at, calm)).toBe(false)
        expect(afterQuiet(at, calm, who).toISOString()).toBe(at.toISOString())
        expect(at.getTime()).toBeGreaterThanOrEqual(now.getTime())
        if (!isQuiet(now, calm)) expect(at).toEqual(now)
      }),
    )
  })

  it('people hear a little apart, in the quarter after it, none at :00 or :30, each always at the same minute', () => {
    const night = shanghai('2026-11-20T23:00')
    const people = fc.sample(person, { numRuns: 400, seed: 7 })
    const times = people.map((who) => afterQuiet(night, defaultCalm, who))
    for (const at of times) {
      expect(shanghaiDay(at)).toBe('2026-11-23')
      expect(inBulkMinute(at)).toBe(false)
      expect(at.getTime() - shanghai('2026-11-23T08:00').getTime()).toBeLessThan(15 * 60_000)
    }
    expect(new Set(times.map((at) => formatClock(at))).size).toBeGreaterThan(10)
    const nextNight = people.map((who) => afterQuiet(shanghai('2026-11-23T21:00'), defaultCalm, who))
    expect(nextNight.map((at) => formatClock(at))).toEqual(times.map((at) => formatClock(at)))
  })

  it('no bulk in :00 and :30 whenever the quiet ends', () => {
    fc.assert(
      fc.property(moment, anyCalm, person, (now, calm, who) => {
        if (isQuiet(now, calm)) expect(inBulkMinute(afterQuiet(now, calm, who))).toBe(false)
      }),
    )
  })
})

describe('the next digest', () => {
  it('is later than now and never quiet, whenever digests are', () => {
    fc.assert(
      fc.property(moment, anyCalm, person, (now, calm, who) => {
        const at = nextDigest(now, calm, who)
        expect(at.getTime()).toBeGreaterThan(now.getTime())
        expect(isQuiet(at, calm)).toBe(false)
        expect(inBulkMinute(at)).toBe(false)
      }),
    )
  })

  it('is at 11:40, then at 17:40, then on the next working day, minutes apart from person to person', () => {
    const who = 'somebody'
    const digests = ['2026-11-20T09:00', '2026-11-20T12:00', '2026-11-20T18:00'].map((now) =>
      nextDigest(shanghai(now), defaultCalm, who),
    )
    const [noon, evening, monday] = digests.map((at) => `${shanghaiDay(at)} ${formatClock(at)}`)
    expect(noon).toMatch(/^2026-11-20 11:4[0-5]$/)
    expect(evening).toBe(noon?.replace('11:', '17:'))
    expect(monday).toBe(noon?.replace('-20', '-23'))
  })

  it('in the quiet hours is passed over; when all are, what waits is said when those end', () => {
    const late = { ...defaultCalm, digests: ['22:00', '17:40'] }
    expect(formatClock(nextDigest(shanghai('2026-11-23T10:00'), late, 'x'))).toMatch(/^17:4/)
    expect(shanghaiDay(nextDigest(shanghai('2026-11-23T18:00'), late, 'x'))).toBe('2026-11-24')
    const atNight = nextDigest(shanghai('2026-11-20T10:00'), { ...defaultCalm, digests: ['22:00'] }, 'x')
    expect(`${shanghaiDay(atNight)} ${formatClock(atNight)}`).toMatch(/^2026-11-23 08:(0|1)/)
  })
})

it('a time spread over people is theirs for good and never quiet, however little time there is', () => {
  const two = { ...defaultCalm, quiet: { from: '08:05', to: '08:00' } }
  fc.assert(
    fc.property(person, (who) => {
      const at = spread(shanghai('2026-11-23T08:00'), 14 * 60_000, two, who)
      expect(isQuiet(at, two)).toBe(false)
      expect(inBulkMinute(at)).toBe(false)
    }),
  )
})

it('the morning lasts three quarters of an hour from whenever it begins', () => {
  expect(formatClock(endOfMorning(shanghai('2026-11-23T15:00'), defaultCalm))).toBe('09:00')
  expect(formatClock(endOfMorning(shanghai('2026-11-23T15:00'), { ...defaultCalm, morning: '09:30' }))).toBe('10:15')
})

it('大小周 without a day set still has a week', () => {
  const calm: Calm = { ...defaultCalm, week: 'alternate' }
  expect(weekOf(calm)).toMatchObject({ kind: 'alternate' })
  expect(isWorkingDay('2026-11-23', weekOf(calm))).toBe(true)
  expect(minutesOf(calm.morning)).toBe(495)
})
