import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

/** The lock that Prisma's own migrate takes: ours and theirs exclude each other. */
const LOCK = 72707369
/** Beside this code, in the sources as in dist/. */
export const migrationsFolder = new URL('../prisma/migrations/', import.meta.url)

type Migration = { name: string; sql: string; checksum: string }
type Applied = { migration_name: string; checksum: string; finished_at: Date | null }

/**
 * Applies what prisma/migrations has and the database hasn't, each in a transaction of its own, and keeps Prisma's own
 * record of it (`prisma migrate status` agrees). Several processes may call it at once: one works, the others wait.
 * @returns the names applied now, in order
 * @throws Error when a migration that the database has was edited, or failed half-way under another tool
 */
export async function migrate(
  databaseUrl: string,
  { migrations = fileURLToPath(migrationsFolder) }: { migrations?: string } = {},
): Promise<string[]> {
  const known = await readMigrations(migrations)
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    await client.query(RECORD)
    const open = openOf(known, await appliedIn(client))
    for (const migration of open) await apply(client, migration)
    return open.map((migration) => migration.name)
  } finally {
    await client.end() // The lock goes with the session.
  }
}

async function readMigrations(from: string): Promise<Migration[]> {
  const entries = await readdir(from, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(from, name, 'migration.sql'))
      return { name, sql: sql.toString(), checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function appliedIn(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query<Applied>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  )
  return rows
}

/** A database may be ahead of this code (the newer release migrates first, old processes leave last): that is fine. */
function openOf(known: Migration[], applied: Applied[]): Migration[] {
  const byName = new Map(applied.map((row) => [row.migration_name, row]))
  return known.filter(({ name, checksum }) => {
    const row = byName.get(name)
    if (!row) return true
    if (!row.finished_at)
      throw new Error(`Migration ${name} failed half-way in this database. Mend it, then: npx prisma migrate resolve`)
    if (row.checksum !== checksum)
      throw new Error(`Migration ${name} was edited after this database had it. Landed migrations are never edited.`)
    return false
  })
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(sql)
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw new Error(`Migration ${name} could not be applied, nothing of it was kept: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

/** Exactly the table that Prisma makes. */
const RECORD = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`
