import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Prisma } from '../lib/db.js'
import { createCast } from '../test/factories/cast.js'
import { freshDb } from '../test/setup/db.js'

let database: Awaited<ReturnType<typeof freshDb>>
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())

/** Tables that can't be called what the model is: `group` is a word of SQL. */
const otherwise: Record<string, string> = { group: 'customer_group' }
const snake = (name: string) => name.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase()
/** The schema's columns by table, as the generated client knows them. */
const models = Object.values(Prisma.ModelName).map((model) => {
  const fields = (Prisma as unknown as Record<string, Record<string, string>>)[`${model}ScalarFieldEnum`] ?? {}
  return [otherwise[snake(model)] ?? snake(model), Object.keys(fields).map(snake).sort()] as const
})

describe('the migrations make what the schema says', () => {
  it.each(models)('%s', async (table, columns) => {
    const found = await database.db.$queryRaw<{ column_name: string }[]>`
      SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ${table}`
    expect(found.map((row) => row.column_name).sort()).toEqual(columns)
  })

  it('and no table that it doesn’t know', async () => {
    const found = await database.db.$queryRaw<{ table_name: string }[]>`
      SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'`
    expect(found.map((row) => row.table_name).sort()).toEqual(models.map(([table]) => table).sort())
  })
})

it('the demo organisation is seeded once', async () => {
  const cast = await createCast(database.db)
  await createCast(database.db)
  expect(await database.db.person.count()).toBe(7)
  expect(await cast.requirement('wmRenji')).toMatchObject({ terms: { delivery: '2026-12-19', budget: 85000 } })
})
