import { PrismaPg } from '@prisma/adapter-pg'
import { Prisma, PrismaClient } from '../generated/prisma/client.js'

export type Db = PrismaClient
/** What runs inside one transaction. Domain functions take this, never `Db`. */
export type Tx = Prisma.TransactionClient
/** Reads that work in and out of a transaction. */
export type Reader = Db | Tx

export type { InboxState, OutboxState } from '../generated/prisma/enums.js'
export { Prisma }

/** One pool a process. `max` connections are also the limit of concurrent transactions. */
export function createDb(databaseUrl: string, max = 10): Db {
  const adapter = new PrismaPg(
    { connectionString: databaseUrl, max, idleTimeoutMillis: 30_000 },
    { statementNameGenerator: nameStatement },
  )
  return new PrismaClient({ adapter })
}

/** A transaction that waits long enough for a busy pool, and not for ever. */
export const transact = <T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.$transaction(work, { maxWait: 5_000, timeout: 15_000 })

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
