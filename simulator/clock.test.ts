import { afterAll, beforeAll, expect, it } from 'vitest'
import { advance, readOffset } from '../lib/clock.js'
import { freshDb } from '../test/setup/db.js'
import { startForTest } from './testing/start.js'

let database: Awaited<ReturnType<typeof freshDb>>
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())

it("shares the product's business clock", async () => {
  await advance(database.db, 5_000)
  const standin = await startForTest({ env: { DATABASE_URL: database.url } })
  expect((await standin.state()).clock.offsetMs).toBe(5_000)
  expect(await standin.control('clock', { advanceMs: 1_000 })).toEqual({ offsetMs: 6_000 })
  expect(await readOffset(database.db)).toBe(6_000)
  await advance(database.db, 500)
  await expect.poll(async () => (await standin.state()).clock.offsetMs, { timeout: 10_000 }).toBe(6_500)
  await standin.close()
})

it('keeps the last known offset while the database is away, and says that it cannot move it', async () => {
  const standin = await startForTest({ env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' } })
  expect((await standin.state()).clock.offsetMs).toBe(0)
  expect((await standin.ask('/__standin/clock', { body: { advanceMs: 1 } })).status).toBe(503)
  await standin.close()
})
