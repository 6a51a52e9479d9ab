import { expect, it } from 'vitest'
import { createClock } from '../../lib/clock.js'
import { freshDb } from '../../test/setup/db.js'
import { demoOpening, openDemo } from './opening.js'

const at = (stamp: string) => new Date(`${stamp}:00+08:00`)
const opening = (stamp: string) => demoOpening(at(stamp))

it('begins now on a working day between eight and half past eight in the evening', () => {
  expect(opening('2026-11-23T08:00')).toBeNull()
  expect(opening('2026-11-23T20:29')).toBeNull()
  // A Saturday that is worked for the National Day holiday.
  expect(opening('2026-10-10T11:00')).toBeNull()
})

it('begins at nine of the next working day otherwise', () => {
  expect(opening('2026-11-23T07:59')).toEqual(at('2026-11-23T09:00'))
  expect(opening('2026-11-23T20:30')).toEqual(at('2026-11-24T09:00'))
  expect(opening('2026-11-20T23:00')).toEqual(at('2026-11-23T09:00'))
  expect(opening('2026-11-21T12:00')).toEqual(at('2026-11-23T09:00'))
  expect(opening('2026-09-30T21:00')).toEqual(at('2026-10-08T09:00'))
})

it('moves the clock of a fresh database, and of no other', async () => {
  const { db, url, close } = await freshDb()
  const clock = createClock({ production: false })
  const wanted = new Date((await clock.now(db)).getTime() + 3 * 3_600_000)
  expect(await openDemo(url, () => wanted)).toEqual(wanted)
  expect(Math.abs((await clock.now(db)).getTime() - wanted.getTime())).toBeLessThan(60_000)
  await db.person.create({ data: { id: '01900000-0000-7000-8000-000000000001', name: '王磊', roles: ['rep'] } })
  expect(await openDemo(url, () => new Date(wanted.getTime() + 3_600_000))).toBeNull()
  await close()
})
