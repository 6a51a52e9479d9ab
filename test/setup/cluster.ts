import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { migrate } from '../../lib/migrate.js'
import { openPair } from '../../scripts/embedded/pair.mjs'
import { makeTemp } from './temp.js'

/** The database that every test database is a copy of. Nobody may stay connected to it, or copies fail. */
export const TEMPLATE = 'bulou_template'

/** A throw-away cluster with a migrated template: about two seconds. It ends with this process, however that ends. */
export async function openCluster(): Promise<{ url: string; release: () => Promise<void> }> {
  const home = await makeTemp('test')
  const { postgres: url, release } = await openPair({ home, durable: false, want: ['postgres'], say: () => {} })
  if (!url) throw new Error('the cluster has no address')
  await onDatabase(url, `CREATE DATABASE ${TEMPLATE}`)
  await migrate(withDatabase(url, TEMPLATE))
  return { url, release }
}

/** A copy of the template under a fresh name. */
export async function copyTemplate(url: string): Promise<string> {
  const name = `t_${randomUUID().replaceAll('-', '')}`
  // Without fsync a file copy is several times quicker than the logged one, which is the default.
  await onDatabase(url, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} STRATEGY FILE_COPY`)
  return withDatabase(url, name)
}

export const dropDatabase = (url: string, copy: string) =>
  onDatabase(url, `DROP DATABASE IF EXISTS ${new URL(copy).pathname.slice(1)} WITH (FORCE)`)

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

async function onDatabase(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
