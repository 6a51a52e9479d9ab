import { expect, test } from 'vitest'
import { isWorkingDay, nextWorkingMorning } from './working-days.js'

const morning = (after: string) => nextWorkingMorning(new Date(after), 8 * 60 + 15).toISOString()

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
