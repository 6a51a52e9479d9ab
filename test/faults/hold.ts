import pg from 'pg'
import type { Rig } from '../rig/rig.js'

/**
 * Holds a lock in the database, so that whoever needs it stands still at just that step and can be killed there. `waits`
 * resolves when somebody does.
 */
export async function hold(rig: Rig, sql: string) {
  const client = new pg.Client({ connectionString: rig.postgres.url })
  client.on('error', () => {}) // A killed PostgreSQL takes the lock with it.
  await client.connect()
  await client.query('BEGIN')
  await client.query(sql)
  const waiting = async () => {
    const [row] = await rig.db.$queryRaw<
      { n: bigint }[]
    >`SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'`
    return Number(row?.n)
  }
  return {
    waits: (atLeast = 1) =>
      rig.waitFor(async () => (await waiting()) >= atLeast, { ms: 60_000, what: `somebody to wait at: ${sql}` }),
    release: async () => {
      await client.query('ROLLBACK').catch(() => {})
      await client.end().catch(() => {})
    },
  }
}
