import { expect, it } from 'vitest'
import { nextMonday, quietUntil } from './quiet.js'

const at = (stamp: string) => new Date(`${stamp}:00+08:00`)

it('rests from half past eight in the evening to eight, and on days off', () => {
  expect(quietUntil(at('2026-11-23T08:00'))).toBeNull()
  expect(quietUntil(at('2026-11-23T20:29'))).toBeNull()
  expect(quietUntil(at('2026-11-23T20:30'))).toEqual(at('2026-11-24T08:00'))
  expect(quietUntil(at('2026-11-24T07:59'))).toEqual(at('2026-11-24T08:00'))
  expect(quietUntil(at('2026-11-20T20:30'))).toEqual(at('2026-11-23T08:00'))
  expect(quietUntil(at('2026-11-22T10:00'))).toEqual(at('2026-11-23T08:00'))
})

it('jumps to the next Monday that is worked, never to today', () => {
  expect(nextMonday(at('2026-11-22T23:50'))).toEqual(at('2026-11-23T08:15'))
  expect(nextMonday(at('2026-11-23T07:00'))).toEqual(at('2026-11-30T08:15'))
  // Monday 5 October is a holiday.
  expect(nextMonday(at('2026-09-30T10:00'))).toEqual(at('2026-10-12T08:15'))
})
