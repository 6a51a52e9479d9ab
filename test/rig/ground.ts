import { execFile } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { migrate } from '../../lib/migrate.js'
import { demoSecrets } from '../../scripts/demo/secrets.mjs'
import { demoEnv } from '../../scripts/demo/settings.mjs'
import { startPostgres } from '../../scripts/embedded/postgres.mjs'
import { seed } from './seed.js'

/** What a copy takes with it: the cluster, and the secrets that its rows are sealed with. */
const parts = ['postgres', 'secrets.json']
const stamp = 'ready-at'

/** What every rig stands on, in a folder of its own: a stopped cluster with all migrations and the demo organisation. */
export async function layGround(home: string): Promise<void> {
  const postgres = await startPostgres({ home, durable: false, say: () => {} })
  const secrets = demoSecrets(home)
  try {
    await migrate(postgres.url)
    await seed(demoEnv({ home, port: 0, productPort: 0, smtpPort: 0, secrets, databaseUrl: postgres.url, redisUrl: '' }))
    await writeFile(join(home, stamp), String(Date.now()))
    await ask(postgres.url, 'CHECKPOINT') // or each copy would begin with a recovery
  } finally {
    await postgres.stop()
  }
  // Copies that start at once would all ask for the port of before.
  for (const name of ['port', 'data/server.log']) await rm(join(postgres.folder, name), { force: true })
}

/** Copies what was laid for this run (test/setup/ground.ts). False: nothing was, everything is made from the start. */
export async function copyGround(home: string): Promise<boolean> {
  const ground = process.env.BULOU_GROUND
  if (!ground) return false
  await promisify(execFile)('cp', ['-a', ...parts.map((name) => join(ground, name)), home])
  return true
}

/** The copy's business clock stands where it stood when the ground was ready: going back is for what nobody has used yet. */
export async function turnBack(databaseUrl: string): Promise<void> {
  const readyAt = Number(await readFile(join(process.env.BULOU_GROUND ?? '', stamp), 'utf8'))
  const back = `UPDATE clock_offset SET offset_ms = offset_ms - ${Date.now() - readyAt}`
  await ask(databaseUrl, `SET session_replication_role = replica; ${back}`)
}

async function ask(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
