import pg from 'pg'

/** What the lock table says at one moment: numbers of slots. */
export type SlotView = {
  /** Held by any process. */
  taken: Set<number>
  /** Held by a process whose connection stands. */
  standing: Set<number>
  /** Some other process has no slot and would take one. */
  othersWait: boolean
}

export type SlotLocks = {
  look(): Promise<SlotView>
  take(slot: number): Promise<boolean>
  giveBack(slot: number): Promise<void>
  /** Says for all to see that this slot's connection stands, or no longer does. */
  markStanding(slot: number, stands: boolean): Promise<void>
  /** Says for all to see that we have none. */
  markWaiting(waits: boolean): Promise<void>
  /** All of it is free for others at once. */
  close(): Promise<void>
}

/** First halves of our advisory keys; no other part of the product locks by two numbers. */
const TAKEN = 7_201
const STANDING = 7_202
const WAITING = 7_203
const ANSWER_MS = 5_000

const look = `
  SELECT classid::int AS kind, objid::int AS slot, pid = pg_backend_pid() AS mine FROM pg_locks
  WHERE locktype = 'advisory' AND objsubid = 2 AND granted AND classid IN (${TAKEN}, ${STANDING}, ${WAITING})
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`

/**
 * Session locks on a connection of their own: what this process holds is free the moment it dies, and cannot be lost to a
 * pool that takes the connection back. Not through a transaction pooler, which has no sessions. `lost` is called once when the
 * connection ends otherwise than by `close`: then nothing is held any more.
 */
export async function openSlotLocks(databaseUrl: string, lost: (why: string) => void): Promise<SlotLocks> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'bulou streams',
    connectionTimeoutMillis: ANSWER_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  })
  let isOver = false
  const end = (why: string) => {
    if (isOver) return
    isOver = true
    client.end().catch(() => {})
    lost(why)
  }
  client.on('error', (error) => end(error.message))
  client.on('end', () => end('the connection ended'))

  /** A server that does not answer may hold our locks or not: we must take it that it does not. */
  async function ask<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    try {
      return (await client.query<Row>(sql, values)).rows
    } catch (error) {
      end((error as Error).message)
      throw error
    }
  }
  const lock = async (kind: number, slot: number) => {
    const [row] = await ask<{ got: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS got', [kind, slot])
    return row?.got ?? false
  }
  const unlock = (kind: number, slot: number) => ask('SELECT pg_advisory_unlock($1, $2)', [kind, slot])

  try {
    await client.connect()
    // A machine that vanished without a word gives its slots back after 25 s instead of after hours.
    await client.query('SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3')
  } catch (error) {
    isOver = true
    client.end().catch(() => {})
    throw error
  }

  const marked = new Set<number>()
  let waits = false
  return {
    async look() {
      const rows = await ask<{ kind: number; slot: number; mine: boolean }>(look)
      const slotsOf = (kind: number) => new Set(rows.filter((row) => row.kind === kind).map((row) => row.slot))
      return {
        taken: slotsOf(TAKEN),
        standing: slotsOf(STANDING),
        othersWait: rows.some((row) => row.kind === WAITING && !row.mine),
      }
    },
    take: (slot) => lock(TAKEN, slot),
    async giveBack(slot) {
      await unlock(TAKEN, slot)
    },
    async markStanding(slot, stands) {
      if (stands === marked.has(slot)) return
      if (!stands) await unlock(STANDING, slot)
      else if (!(await lock(STANDING, slot))) return
      if (stands) marked.add(slot)
      else marked.delete(slot)
    },
    async markWaiting(wanted) {
      if (wanted === waits) return
      waits = wanted
      await ask(wanted ? 'SELECT pg_advisory_lock_shared($1, 0)' : 'SELECT pg_advisory_unlock_shared($1, 0)', [WAITING])
    },
    async close() {
      isOver = true
      await client.end().catch(() => {})
    },
  }
}
