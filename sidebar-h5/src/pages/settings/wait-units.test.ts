import { expect, it } from 'vitest'
import { bestUnit, unitsFor } from './wait-units.js'

it.each([
  [240, 'working-days', 'hours'],
  [90, 'clock', 'minutes'],
  [2_880, 'clock', 'days'],
  [2_880, 'working-hours', 'hours'],
  [0, 'clock', 'hours'],
  [null, 'clock', 'hours'],
] as const)('%s minutes counted by %s read best in %s', (minutes, counts, unit) => {
  expect(bestUnit({ from: 'last', minutes, counts })).toBe(unit)
})

it('a day of working hours is no unit', () => {
  expect(unitsFor('working-hours')).not.toContain('days')
  expect(bestUnit({ from: 'morning' })).toBe('hours')
})
