import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { at, HOUR, inWork, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { onceADay } from '../chore.js'
import { describePlatform } from './describe-sync.js'
import { noteSwept, RUN } from './edge.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
beforeAll(async () => {
  database = await freshDb()
  cast = await createCast(database.db)
})
afterAll(() => database.close())

const lastAt = async () => (await describePlatform(cast.db, NOW)).sync.lastAt

it("the last look is the day's own, or a later one that an administrator asked for", async () => {
  expect(await lastAt()).toBeNull()
  await inWork(cast.db, (work) => onceADay(work, RUN, '2026-03-02'))
  expect(await lastAt()).toBe(NOW.toISOString())
  const personId = await cast.personId('wanglei')
  await inWork(cast.db, (work) => noteSwept(work, personId, { run: 'by:somebody', startedAt: at(HOUR) }))
  expect(await lastAt()).toBe(at(HOUR).toISOString())
})
