import { expect, it } from 'vitest'
import { migrate } from '../../lib/migrate.js'
import { freshDb } from './db.js'

it('gives each its own database, migrated', async () => {
  const [one, two] = await Promise.all([freshDb(), freshDb()])
  expect(one.url).not.toBe(two.url)
  expect(await migrate(one.url)).toEqual([])
  await one.db.$executeRawUnsafe('CREATE TABLE mine (id int)')
  const [found] = await two.db.$queryRawUnsafe<{ mine: string | null }[]>(`SELECT to_regclass('mine')::text AS mine`)
  expect(found?.mine).toBeNull()
  await Promise.all([one.close(), two.close()])
})
