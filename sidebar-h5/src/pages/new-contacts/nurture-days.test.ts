import { expect, test } from 'vitest'
import { nurtureDays } from './nurture-days.js'

const daysFrom = (at: string) => nurtureDays(Date.parse(at)).map(({ label, day }) => `${label} ${day}`)

test('three days, the next Monday, two weeks and a month ahead', () => {
  expect(daysFrom('2026-11-25T10:00:00+08:00')).toEqual([
    '三天后 2026-11-28',
    '下周一 2026-11-30',
    '两周后 2026-12-09',
    '一个月后 2026-12-25',
  ])
})

test('soonest first, and never tomorrow', () => {
  expect(daysFrom('2026-11-28T10:00:00+08:00').slice(0, 2)).toEqual(['下周一 2026-11-30', '三天后 2026-12-01'])
  expect(daysFrom('2026-11-22T23:30:00+08:00').slice(0, 2)).toEqual(['三天后 2026-11-25', '一周后 2026-11-29'])
  expect(daysFrom('2026-11-23T00:30:00+08:00').slice(0, 2)).toEqual(['三天后 2026-11-26', '一周后 2026-11-30'])
})
