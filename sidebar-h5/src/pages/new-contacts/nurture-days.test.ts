import { expect, test } from 'vitest'
import { nurtureDays } from './nurture-days.js'

const daysFrom = (at: string) => nurtureDays(Date.parse(at)).map(({ day }) => day)

test('three days, the next Monday, two weeks and a month ahead', () => {
  expect(daysFrom('2026-11-25T10:00:00+08:00')).toEqual(['2026-11-28', '2026-11-30', '2026-12-09', '2026-12-25'])
})

test('on a Monday 下周一 is not today, and a Sunday’s is tomorrow', () => {
  expect(daysFrom('2026-11-23T00:30:00+08:00')[1]).toBe('2026-11-30')
  expect(daysFrom('2026-11-22T23:30:00+08:00')[1]).toBe('2026-11-23')
})
