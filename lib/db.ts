import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { Prisma, PrismaClient } from '../generated/prisma/client.js'
import { askOneAtATime } from './ask-one-at-a-time.js'

export type Db = PrismaClient
/** What runs inside one transaction. Domain functions take this, never `Db`. */
export type Tx = Prisma.TransactionClient
/** Reads that work in and out of a transaction. */
export type Reader = Db | Tx

export type { CopyState, InboxState, OutboxState } from '../generated/prisma/enums.js'
export { Prisma }

/**
 * One pool a process. `max` connections are also the limit of concurrent transactions.
 *
 * A process that freezes in the middle of a transaction (a paused machine, a swap storm) would keep its locks, and with
 * them a lane or every claim, for as long as it sleeps: the server ends such a transaction by itself, a little after
 * ours would have given up. A peer that is gone without a word is found by keep-alive instead of by a hanging query.
 */
export function createDb(databaseUrl: string, max = 10): Db {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    idle_in_transaction_session_timeout: TRANSACTION_MS + 5_000,
  })
  // A connection that breaks while idle is replaced at the next query; unheard, the event would end the process.
  pool.on('error', () => {})
  pool.on('connect', askOneAtATime)
  const adapter = new PrismaPg(pool, { statementNameGenerator: nameStatement, disposeExternalPool: true })
  const db = new PrismaClient({ adapter })
  pools.set(db, pool)
  return db
}

const pools = new WeakMap<Db, pg.Pool>()

/**
 * One prepared statement on the same pool, past Prisma: for the one place where Prisma's own share of a query is what
 * limits us (npm run bench -- callback: some 7,000 callbacks a second through it, 11,000 past it).
 */
export async function queryHot<Row extends object>(
  db: Db,
  statement: { name: string; text: string; values: unknown[] },
): Promise<Row[]> {
  const pool = pools.get(db)
  if (!pool) throw new Error('this database was not opened by createDb')
  return (await pool.query<Row>(statement)).rows
}

const TRANSACTION_MS = 15_000

/** Whoever loses twice in a row has met somebody who keeps the same rows busy: then the caller hears of it. */
const TRIES = 3

/**
 * A transaction that waits long enough for a busy pool, and not for ever. Of two that wait for each other PostgreSQL ends one: nothing of
 * it stands, so it begins anew, and `work` may run more than once.
 */
export async function transact<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await db.$transaction(work, { maxWait: 5_000, timeout: TRANSACTION_MS })
    } catch (error) {
      if (tried === TRIES || !isDeadlock(error)) throw error
    }
  }
}

/** Prisma's name for it where the query was its own; what PostgreSQL said (40P01) where it was ours. */
const isDeadlock = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError &&
  (error.code === 'P2034' || /40P01|deadlock detected/.test(`${error.message} ${JSON.stringify(error.meta ?? {})}`))

const names = new Map<string, string>()

/** Prepared statements, worth a third more reads per second; bounded, because generated SQL is not. */
function nameStatement({ sql }: { sql: string }): string {
  const known = names.get(sql)
  if (known) return known
  if (names.size >= 500) return '' // pg takes an empty name for an unnamed statement
  const name = `b${names.size}`
  names.set(sql, name)
  return name
}
