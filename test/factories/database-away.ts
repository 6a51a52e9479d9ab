import pg from 'pg'

/** PostgreSQL goes away for this one database: every connection is cut and none is let in, until the function returned is called. */
export async function takeDatabaseAway(url: string): Promise<() => Promise<void>> {
  const name = new URL(url).pathname.slice(1)
  const elsewhere = new URL(url)
  elsewhere.pathname = '/postgres'
  const run = async (...statements: string[]) => {
    const client = new pg.Client({ connectionString: elsewhere.href })
    await client.connect()
    try {
      for (const sql of statements) await client.query(sql)
    } finally {
      await client.end()
    }
  }
  await run(
    `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  )
  return () => run(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`)
}
