import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshDb } from '../test/setup/db.js'
import { transact } from './db.js'
import { newId } from './ids.js'

let database: Awaited<ReturnType<typeof freshDb>>
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())

// test/setup/warnings.ts fails the file if pg was asked while it was answering.
it('what one transaction asks together is answered in the order in which it was asked', async () => {
  const asked = Array.from({ length: 20 }, (_, n) => n)
  const answers = await transact(database.db, (tx) =>
    Promise.all(
      asked.map((n) => tx.$queryRaw<{ n: number; txid: string }[]>`SELECT ${n}::int AS n, txid_current()::text AS txid`),
    ),
  )
  expect(answers.map(([row]) => row?.n)).toEqual(asked)
  expect(new Set(answers.map(([row]) => row?.txid)).size).toBe(1)
})

it('a question that fails is told to who asked it, and the connection goes on', async () => {
  const { db } = database
  await expect(
    transact(db, (tx) => Promise.all([tx.$queryRaw`SELECT 1`, tx.$queryRaw`SELECT 1/0`, tx.$queryRaw`SELECT 2`])),
  ).rejects.toThrow(/division by zero/)
  expect(await db.$queryRaw`SELECT 3 AS n`).toEqual([{ n: 3 }])
})

it('several relations of one row, which Prisma asks for together', async () => {
  const id = newId()
  await database.db.contact.create({ data: { id, name: '刘主任', createdAt: new Date(0) } })
  const found = await transact(database.db, (tx) =>
    tx.contact.findFirst({ include: { identities: true, phones: true, follows: true, touches: true, messages: true } }),
  )
  expect(found).toMatchObject({ id, identities: [], messages: [] })
})
