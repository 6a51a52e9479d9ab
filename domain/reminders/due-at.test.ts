import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatClock, shanghaiDay } from '../../lib/format/dates.js'
import { type Calm, defaultCalm } from './calm.contract.js'
import { dueAt, nextOn } from './due-at.js'
import type { Ladder, Level, Wait } from './ladder.contract.js'
import { atOnce, hours, morning, standardRoute } from './reminder-kind.js'

const shanghai = (at: string) => new Date(`${at}+08:00`)
const rung = (wait: Wait, on = true): Level => ({ on, wait, to: ['holder'], route: standardRoute, title: 'x', desc: '' })
const ladder = (...waits: Wait[]): Ladder => ({ levels: waits.map((wait) => rung(wait)) })
type Rungs = { startedAt: Date; saidAt: Date | null; targetAt: Date | null; personId: string }
const rungs: Rungs = { startedAt: shanghai('2026-11-20T16:00'), saidAt: null, targetAt: null, personId: 'p' }
const when = (at: Date | null) => at && `${shanghaiDay(at)} ${formatClock(at)}`
const due = (
  wait: Wait,
  more: Partial<typeof rungs> & { targetAt?: Date | null; saidAt?: Date | null } = {},
  calm = defaultCalm,
) => when(dueAt(ladder(wait), 0, { ...rungs, ...more }, calm))

describe('a level is due', () => {
  it('so long after the start, counted as it says', () => {
    expect(due(hours(4, 'clock'))).toBe('2026-11-20 20:00')
    expect(due(hours(10, 'clock'))).toBe('2026-11-21 02:00')
    expect(due(hours(10))).toBe('2026-11-23 02:00')
    expect(due(hours(4, 'working-hours'))).toBe('2026-11-23 11:00')
    expect(due(atOnce)).toBe('2026-11-20 16:00')
  })

  it('or after the level before was said', () => {
    expect(due(hours(2), { saidAt: shanghai('2026-11-23T09:10') })).toBe('2026-11-23 11:10')
  })

  it('or so long after it began, whenever the level before was said', () => {
    const wait: Wait = { from: 'start', minutes: 20 * 60, counts: 'working-days' }
    expect(due(wait, { startedAt: shanghai('2026-11-20T16:00') })).toBe('2026-11-23 12:00')
    expect(due(wait, { startedAt: shanghai('2026-11-20T16:00'), saidAt: shanghai('2026-11-23T11:10') })).toBe('2026-11-23 12:00')
  })

  it('by the organisation’s own week and hours', () => {
    const six: Calm = { ...defaultCalm, week: 'six', workHours: { from: '08:30', to: '17:30' } }
    expect(due(hours(10), {}, six)).toBe('2026-11-21 02:00')
    expect(due(hours(4, 'working-hours'), {}, six)).toBe('2026-11-21 11:00')
  })

  it('on the next working morning, a little apart from person to person and not in the minutes :00 and :30', () => {
    const people = fc.sample(fc.uuid(), { numRuns: 300, seed: 3 })
    const times = people.map((personId) => due(morning, { personId }, { ...defaultCalm, morning: '08:25' }))
    for (const at of times) expect(at).toMatch(/^2026-11-23 08:(2[5-9]|3[1-5])$/)
    expect(new Set(times).size).toBeGreaterThan(6)
  })

  it('days before its moment, at that time of day, or at the moment itself', () => {
    const targetAt = shanghai('2026-11-27T15:20')
    expect(due({ from: 'target', days: 3, at: '09:30' }, { targetAt })).toBe('2026-11-24 09:30')
    expect(due({ from: 'target', days: 0, at: null }, { targetAt })).toBe('2026-11-27 15:20')
    expect(due({ from: 'target', days: -1, at: '10:00' }, { targetAt })).toBe('2026-11-28 10:00')
    // Near midnight the day is Shanghai's.
    expect(due({ from: 'target', days: 1, at: '09:00' }, { targetAt: shanghai('2026-11-27T00:30') })).toBe('2026-11-26 09:00')
  })

  it('never past the end of the ladder', () => {
    expect(dueAt(ladder(atOnce), 1, rungs, defaultCalm)).toBeNull()
  })
})

it('levels that are switched off are passed over, to the end', () => {
  const levels = [rung(atOnce, false), rung(atOnce), rung(atOnce, false)] as Ladder['levels']
  expect([0, 1, 2, 3].map((from) => nextOn({ levels }, from))).toEqual([1, 1, 3, 3])
})

it('a longer wait is never due earlier, and one counted in working hours never before one by the clock', () => {
  const minutes = fc.integer({ min: 0, max: 90 * 24 * 60 })
  const start = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2026, 11, 1) }).map((ms) => new Date(ms))
  fc.assert(
    fc.property(start, minutes, minutes, (startedAt, a, b) => {
      const at = (minutes: number, counts: 'clock' | 'working-days' | 'working-hours') =>
        dueAt(ladder({ from: 'last', minutes, counts }), 0, { ...rungs, startedAt }, defaultCalm)?.getTime() ?? 0
      for (const counts of ['clock', 'working-days', 'working-hours'] as const)
        expect(at(Math.max(a, b), counts)).toBeGreaterThanOrEqual(at(Math.min(a, b), counts))
      expect(at(a, 'working-days')).toBeGreaterThanOrEqual(at(a, 'clock'))
      expect(at(a, 'working-hours')).toBeGreaterThanOrEqual(at(a, 'working-days'))
    }),
  )
})
