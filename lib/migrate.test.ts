import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freshDb } from '../test/setup/db.js'
import { migrate } from './migrate.js'

let database: Awaited<ReturnType<typeof freshDb>>
let client: pg.Client
let migrations: string

beforeAll(async () => {
  database = await freshDb()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
  migrations = await mkdtemp(join(tmpdir(), 'bulou-migrations-'))
})
afterAll(async () => {
  await client.end()
  await database.close()
  await rm(migrations, { recursive: true })
})
beforeEach(async () => {
  await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
  await rm(migrations, { recursive: true })
  await write('1_first', 'CREATE TABLE one (id int); INSERT INTO one VALUES (1);')
})

async function write(name: string, sql: string) {
  await mkdir(join(migrations, name), { recursive: true })
  await writeFile(join(migrations, name, 'migration.sql'), sql)
}
const run = () => migrate(database.url, { migrations })

describe('migrate', () => {
  it('applies what is new, in order, once, in the record that Prisma reads', async () => {
    await write('2_second', 'INSERT INTO one VALUES (2);')
    expect(await run()).toEqual(['1_first', '2_second'])
    expect(await run()).toEqual([])
    const { rows } = await client.query('SELECT * FROM _prisma_migrations ORDER BY migration_name')
    expect(rows).toHaveLength(2)
    expect(rows[1]).toMatchObject({
      migration_name: '2_second',
      checksum: createHash('sha256').update('INSERT INTO one VALUES (2);').digest('hex'),
      finished_at: expect.any(Date),
      rolled_back_at: null,
      applied_steps_count: 1,
    })
  })

  it('is one at a time: many callers at once apply each migration once', async () => {
    const applied = await Promise.all([run(), run(), run(), run()])
    expect(applied.flat()).toEqual(['1_first'])
    expect((await client.query('SELECT id FROM one')).rows).toHaveLength(1)
  })

  it('keeps nothing of a migration that fails, and all before it', async () => {
    await write('2_broken', 'CREATE TABLE two (id int); SELECT nonsense;')
    await expect(run()).rejects.toThrow(/2_broken.*nonsense/)
    expect((await client.query(`SELECT to_regclass('one') AS one, to_regclass('two') AS two`)).rows[0]).toEqual({
      one: 'one',
      two: null,
    })
    await write('2_broken', 'CREATE TABLE two (id int);')
    expect(await run()).toEqual(['2_broken'])
  })

  it('refuses a landed migration that was edited, and one that another tool left half-done', async () => {
    await run()
    await write('1_first', 'CREATE TABLE other (id int);')
    await expect(run()).rejects.toThrow(/1_first was edited/)
    await client.query('UPDATE _prisma_migrations SET finished_at = NULL')
    await expect(run()).rejects.toThrow(/1_first failed half-way/)
  })

  it('leaves a database alone that is ahead of the code', async () => {
    await write('2_newer', 'SELECT 1;')
    await run()
    await rm(join(migrations, '2_newer'), { recursive: true })
    expect(await run()).toEqual([])
  })
})
