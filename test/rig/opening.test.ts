import { expect, it } from 'vitest'
import { rigOpening } from './opening.js'

const opening = (stamp: string) => rigOpening(new Date(`${stamp}:00+08:00`)).toISOString()
const monday = (day: string) => new Date(`${day}T10:00:00+08:00`).toISOString()

it('is the next Monday, whatever the day and the hour', () => {
  for (const stamp of ['2026-11-16T09:00', '2026-11-18T23:59', '2026-11-21T12:00', '2026-11-22T23:30'])
    expect(opening(stamp)).toBe(monday('2026-11-23'))
  expect(opening('2026-11-23T00:30')).toBe(monday('2026-11-30'))
})

it('passes over a week with holidays', () => {
  expect(opening('2026-09-25T12:00')).toBe(monday('2026-10-12'))
})
