import { rm } from 'node:fs/promises'
import pg from 'pg'
import { migrate } from '../../lib/migrate.js'
import { openPair } from '../../scripts/embedded/pair.mjs'
import { freePort } from '../../scripts/host/ports.mjs'
import { nodeMember } from '../../test/rig/node-member.js'
import { makeTemp } from '../../test/setup/temp.js'
import { settings } from './messages.js'

export type House = Awaited<ReturnType<typeof openHouse>>

/**
 * What the two are measured in: the product's server as `npm run start:server` runs it, on a PostgreSQL that really writes
 * to disk before it says so, and beside it the bare Koa. Both run all the time; only one is asked at a time.
 */
export async function openHouse(say: (line: string) => void) {
  const home = await makeTemp('bench')
  const pair = await openPair({ home, durable: true, say })
  if (!pair.postgres || !pair.redis) throw new Error('no database to measure on')
  await migrate(pair.postgres)
  const database = new pg.Client({ connectionString: pair.postgres })
  await database.connect()
  await refuseUnsafe(database)

  const [productPort, floorPort] = [await freePort(), await freePort()]
  const product = nodeMember({
    name: 'product',
    file: 'bot-server/main.ts',
    env: productEnv({ PORT: String(productPort), DATABASE_URL: pair.postgres, REDIS_URL: pair.redis }),
    isReady: async () => (await fetch(`http://127.0.0.1:${productPort}/readyz`).catch(() => null))?.ok ?? false,
  })
  const floor = nodeMember({
    name: 'floor',
    file: 'bench/callback/floor.ts',
    env: { ...process.env, NODE_ENV: 'production', PORT: String(floorPort) },
    isReady: (logs) => logs.includes('floor ready'),
  })
  await Promise.all([product.start(), floor.start()])

  return {
    productPort,
    floorPort,
    /** How many messages stand in the database. */
    async stored(): Promise<number> {
      const { rows } = await database.query<{ count: string }>('SELECT count(*) AS count FROM inbox')
      return Number(rows[0]?.count)
    },
    async close() {
      await Promise.all([product.stop(), floor.stop()])
      await database.end()
      await pair.release()
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** A number measured without durable commits would be a lie. */
async function refuseUnsafe(database: pg.Client): Promise<void> {
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    const { rows } = await database.query<Record<string, string>>(`SHOW ${name}`)
    if (rows[0]?.[name] !== 'on') throw new Error(`PostgreSQL runs with ${name} = ${rows[0]?.[name]}`)
  }
}

function productEnv(own: Record<string, string>): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PUBLIC_URL: 'https://bulou.example.com',
    SESSION_SECRET: 'bench-bench-bench-bench-bench-bench-bench',
    DATA_KEY: 'bench-bench-bench-bench-bench-bench-bench-b',
    WECOM_CORP_ID: settings.receiveId,
    WECOM_AGENT_ID: '1000002',
    WECOM_SECRET: 'bench',
    WECOM_TOKEN: settings.token,
    WECOM_AES_KEY: settings.aesKey,
    ...own,
  }
}
