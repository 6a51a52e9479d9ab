import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Week } from '../../lib/working-days.js'
import { readRhythm, readSilence } from './read-silence.js'

const DAY_MS = 24 * 3_600_000
const week: Week = { kind: 'five' }
const on = (day: string, clock = '10:00') => new Date(`${day}T${clock}:00+08:00`)
const plus = (from: Date, days: number) => new Date(from.getTime() + days * DAY_MS)
const read = (spoke: Date[], now: Date, more: { ourTurn?: boolean; closed?: boolean; week?: Week } = {}) =>
  readSilence({ spoke, ourTurn: false, closed: false, ...more }, { now, week: more.week ?? week })
/** Working days of 2035, which no calendar covers: every Monday to Friday. */
const MONDAY = on('2035-01-01')
const workday = (n: number) => plus(MONDAY, Math.floor(n / 5) * 7 + (n % 5))
/** From gaps in working days. */
const spokenBy = (gaps: number[]) => {
  let at = 0
  return [0, ...gaps].map((gap) => {
    at += gap
    return workday(at)
  })
}
const firesAfter = (spoke: Date[]): number => {
  const last = Math.max(...spoke.map(Number))
  for (let days = 0; days < 400; days++) if (read(spoke, new Date(last + days * DAY_MS))) return days
  return 400
}

describe('a silence', () => {
  const twiceAWeek = spokenBy([2, 3, 2, 3, 2, 3])

  it('is said in words: the rhythm that was broken, and for how long', () => {
    const last = twiceAWeek.at(-1) as Date
    expect(read(twiceAWeek, plus(last, 7))).toBeNull()
    expect(read(twiceAWeek, plus(last, 9))).toEqual({
      name: '沉默',
      words: '平时两三天一句，已经 9 天没消息',
      since: last.toISOString(),
    })
  })

  it.each([
    [[1, 1, 1, 1, 1, 1, 1, 1, 1, 1], 8, '平时几乎每天都联系，已经 8 天没消息'],
    [[5, 5, 5, 5], 30, '平时一周左右一句，已经 30 天没消息'],
    [[10, 9, 11, 10], 60, '平时两周左右一句，已经 60 天没消息'],
    [[22, 20, 21, 22], 120, '平时一个月左右一句，已经 120 天没消息'],
    [[1, 1, 1, 15, 1, 1, 1, 14, 1, 1], 40, '以前停得久一般也就三周左右，已经 40 天没消息'],
  ])('of a rhythm %j after %i days reads %s', (gaps, days, words) => {
    const spoke = spokenBy(gaps)
    expect(read(spoke, plus(spoke.at(-1) as Date, days))?.words).toBe(words)
  })

  it('is nobody’s who orders in bursts and pauses as they always do', () => {
    const bursts = spokenBy([1, 1, 1, 15, 1, 1, 1, 14, 1, 1])
    expect(read(bursts, plus(bursts.at(-1) as Date, 19))).toBeNull()
  })

  it('needs a rhythm: five days with a word, over more than one busy week', () => {
    const late = plus(MONDAY, 200)
    expect(read([], late)).toBeNull()
    expect(read(spokenBy([3, 3, 3]), late)).toBeNull()
    expect(read(spokenBy([1, 1, 1, 1, 1, 1]), late)).toBeNull()
    // Many words on one day are one day.
    expect(read([...spokenBy([4, 4, 4]), ...[1, 2, 3].map((n) => new Date(MONDAY.getTime() + n * 60_000))], late)).toBeNull()
    expect(read(spokenBy([3, 3, 3, 3]), late)).not.toBeNull()
  })

  it('is not theirs while the next word is ours, nor of those nobody follows up', () => {
    const late = plus(twiceAWeek.at(-1) as Date, 30)
    expect(read(twiceAWeek, late, { ourTurn: true })).toBeNull()
    expect(read(twiceAWeek, late, { closed: true })).toBeNull()
  })

  it('is over with their next word', () => {
    const late = plus(twiceAWeek.at(-1) as Date, 30)
    expect(read([...twiceAWeek, late], late)).toBeNull()
  })

  it('is no silence because of a holiday: the national days of 2026 and the weekends around them don’t count', () => {
    const daily = ['10', '11', '14', '15', '16', '17', '18', '21', '22', '23', '24', '25', '28', '29', '30'].map((day) =>
      on(`2026-09-${day}`),
    )
    expect(read(daily, on('2026-10-08'))).toBeNull()
    expect(read(daily, on('2026-10-09'))).toBeNull()
    expect(read(daily, on('2026-10-19'))).not.toBeNull()
  })

  it('goes by the organisation’s own week: with six days it is said earlier', () => {
    const daily = spokenBy([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])
    const now = plus(daily.at(-1) as Date, 6)
    expect(read(daily, now)).toBeNull()
    expect(read(daily, now, { week: { kind: 'six' } })).not.toBeNull()
  })
})

describe('whatever the times', () => {
  const minutes = fc.integer({ min: 0, max: 400 * 24 * 60 })
  const times = fc
    .array(minutes, { minLength: 1, maxLength: 60 })
    .map((all) => all.map((n) => new Date(MONDAY.getTime() + n * 60_000)))
  const days = fc.integer({ min: 0, max: 300 })
  const someWeek = fc.constantFrom<Week>({ kind: 'five' }, { kind: 'six' }, { kind: 'alternate', longWeek: '2035-01-06' })

  it('a longer silence is still one', () => {
    fc.assert(
      fc.property(times, days, days, someWeek, (spoke, some, more, own) => {
        const now = plus(new Date(Math.max(...spoke.map(Number))), some)
        if (read(spoke, now, { week: own })) expect(read(spoke, plus(now, more), { week: own })).not.toBeNull()
      }),
    )
  })

  it('shifting all of them by weeks shifts nothing, and their order says nothing', () => {
    fc.assert(
      fc.property(times, days, fc.integer({ min: 1, max: 100 }), (spoke, some, weeks) => {
        const now = plus(new Date(Math.max(...spoke.map(Number))), some)
        const later = spoke.map((at) => plus(at, weeks * 7)).reverse()
        expect(read(later, plus(now, weeks * 7))?.words).toBe(read(spoke, now)?.words)
      }),
    )
  })

  it('it ends with a word, and says since when', () => {
    fc.assert(
      fc.property(times, days, (spoke, some) => {
        const last = Math.max(...spoke.map(Number))
        const now = plus(new Date(last), some)
        expect(read([...spoke, now], now)).toBeNull()
        const found = read(spoke, now)
        if (found) expect(Date.parse(found.since)).toBe(last)
      }),
    )
  })

  it('of two with the same usual gap the more regular one is missed no later', () => {
    const odd = fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 5, maxLength: 31 }).filter((all) => all.length % 2 === 1)
    fc.assert(
      fc.property(odd, (apart) => {
        const middle = [...apart].sort((a, b) => a - b)[apart.length >> 1] ?? 0
        const patience = (wildness: number) =>
          readRhythm(spokenBy(apart.map((gap) => 30 + middle + wildness * (gap - middle))), week)?.patience ?? 0
        expect(patience(1)).toBeLessThanOrEqual(patience(2))
      }),
    )
  })

  it('of two regular ones the one who speaks more often is missed no later', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 30 }), fc.integer({ min: 0, max: 30 }), (gap, more) => {
        const steady = (of: number) => firesAfter(spokenBy([of, of, of, of, of]))
        expect(steady(gap)).toBeLessThanOrEqual(steady(gap + more))
      }),
      { numRuns: 25 },
    )
  })

  it('patience is never shorter than a pause that they took twice', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 12, maxLength: 30 }), (gaps) => {
        const rhythm = readRhythm(spokenBy(gaps), week)
        const sorted = [...gaps].sort((a, b) => b - a)
        expect(rhythm?.patience).toBeGreaterThanOrEqual(sorted[1] ?? 0)
      }),
    )
  })
})
