// The demo's own database, migrated and seeded. In the embedded cluster it stands beside the one that `npm start` uses.
import { join } from 'node:path'
import { root } from '../host/paths.mjs'
import { mustRun } from '../host/process.mjs'

export async function demoDatabase(clusterUrl, { reset }) {
  const url = new URL(clusterUrl)
  url.pathname = '/bulou_demo'
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: clusterUrl })
  await client.connect()
  try {
    if (reset) await client.query('DROP DATABASE IF EXISTS bulou_demo WITH (FORCE)')
    const { rowCount } = await client.query(`SELECT 1 FROM pg_database WHERE datname = 'bulou_demo'`)
    if (!rowCount) await client.query('CREATE DATABASE bulou_demo')
  } finally {
    await client.end()
  }
  return url.href
}

export async function fillDatabase(env, say) {
  const { tsImport } = await import('tsx/esm/api')
  const { migrate } = await tsImport('../../lib/migrate.ts', import.meta.url)
  const applied = await migrate(env.DATABASE_URL)
  if (applied.length) say(`Migrated the database (${applied.length})`)
  const { openDemo } = await tsImport('./opening.ts', import.meta.url)
  if (await openDemo(env.DATABASE_URL)) say('It is after hours: the demo begins on the next working morning')
  await mustRun(process.execPath, ['--import', 'tsx', join(root, 'prisma/seed/run.ts')], { cwd: root, env })
}
