import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshDb } from '../test/setup/db.js'
import { type Tx, transact } from './db.js'
import { newId } from './ids.js'

let database: Awaited<ReturnType<typeof freshDb>>
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())

/** Two that take the same two things the other way round, each when the other has its first. */
async function meet(take: (tx: Tx, thing: number) => Promise<unknown>): Promise<number> {
  let begun = 0
  const holding = new Set<number>()
  const cross = (first: number, second: number) =>
    transact(database.db, async (tx) => {
      begun += 1
      await take(tx, first)
      holding.add(first)
      while (holding.size < 2) await new Promise((resolve) => setTimeout(resolve, 5))
      await take(tx, second)
    })
  await Promise.all([cross(0, 1), cross(1, 0)])
  return begun
}

it('of two that wait for each other both get through, one of them at its second beginning', async () => {
  expect(await meet((tx, thing) => tx.$queryRaw`SELECT pg_advisory_xact_lock(${thing}::int)::text`)).toBe(3)
})

it('the same where the rows are asked for by Prisma', async () => {
  const ids = [newId(), newId()]
  await database.db.team.createMany({ data: ids.map((id) => ({ id, name: id })) })
  expect(await meet((tx, i) => tx.team.update({ where: { id: ids[i] as string }, data: { name: `${i}` } }))).toBe(3)
})

it('whatever else goes wrong is told at once', async () => {
  let begun = 0
  const failing = transact(database.db, async (tx) => {
    begun += 1
    await tx.team.update({ where: { id: newId() }, data: { name: 'nobody' } })
  })
  await expect(failing).rejects.toThrow()
  expect(begun).toBe(1)
})
