import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshDb } from '../test/setup/db.js'
import { advance, createClock } from './clock.js'

let database: Awaited<ReturnType<typeof freshDb>>
const machine = new Date('2026-11-21T02:00:00Z')
const clock = createClock({ production: false, machineNow: () => machine })
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())

it('business time is pushed forward for every process at once, machine time stays', async () => {
  const other = createClock({ production: false, machineNow: () => machine })
  await advance(database.db, 60_000)
  await advance(database.db, 1_000)
  expect(await other.now(database.db)).toEqual(new Date('2026-11-21T02:01:01Z'))
  expect(clock.machineNow()).toEqual(machine)
})

it('never goes back: neither by the function nor in the row', async () => {
  for (const ms of [0, -1, Number.NaN]) await expect(advance(database.db, ms)).rejects.toThrow(RangeError)
  await expect(database.db.clockOffset.update({ where: { id: 1 }, data: { offsetMs: 0 } })).rejects.toThrow(/only moves forward/)
})

it('production has one time, whatever the row says', async () => {
  const real = createClock({ production: true, machineNow: () => machine })
  expect(await real.now(database.db)).toEqual(machine)
})
