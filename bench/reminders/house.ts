import { execFile } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { defaultCalm } from '../../domain/reminders/calm.contract.js'
import { migrate } from '../../lib/migrate.js'
import { projectRoot } from '../../lib/project-root.js'
import { demoSecrets } from '../../scripts/demo/secrets.mjs'
import { demoEnv, worldFile } from '../../scripts/demo/settings.mjs'
import { openPair } from '../../scripts/embedded/pair.mjs'
import { freePort } from '../../scripts/host/ports.mjs'
import { nodeMember } from '../../test/rig/node-member.js'
import { makeTemp } from '../../test/setup/temp.js'

export type House = Awaited<ReturnType<typeof openHouse>>

/**
 * An organisation of so many people on a PostgreSQL that really writes to disk, with the stand-in platform beside it. The
 * worker and the floor are started by who measures, one at a time.
 */
export async function openHouse(persons: number, say: (line: string) => void) {
  const home = await makeTemp('bench-reminders')
  const pair = await openPair({ home, durable: true, say })
  if (!pair.postgres || !pair.redis) throw new Error('no database to measure on')
  await migrate(pair.postgres)
  const world = join(home, 'world.json')
  await writeFile(world, JSON.stringify(bigWorld(JSON.parse(await readFile(worldFile, 'utf8')), persons)))
  const [port, productPort] = [await freePort(), await freePort()]
  const urls = { databaseUrl: pair.postgres, redisUrl: pair.redis }
  const base = demoEnv({ home, port, productPort, smtpPort: 0, secrets: demoSecrets(home), ...urls })
  const env = { ...base, STANDIN_WORLD: world }
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'prisma/seed/run.ts'], { cwd: projectRoot, env })
  const database = new pg.Client({ connectionString: pair.postgres })
  await database.connect()
  await database.query(`INSERT INTO rule (name, version, value, by, at) VALUES ('calm', 2, $1, 'system', now())`, [
    // Calm off: what is measured is the way from due to said.
    { ...defaultCalm, quiet: { from: '00:00', to: '00:00' }, daysOffQuiet: false, mergeMinutes: 0, trialDays: 0 },
  ])
  const standin = nodeMember({
    name: 'stand-in',
    file: 'simulator/main.ts',
    env,
    isReady: (logs) => logs.includes('stand-in ready'),
  })
  await standin.start()

  return {
    database,
    redisUrl: pair.redis,
    databaseUrl: pair.postgres,
    api: `http://127.0.0.1:${port}`,
    env,
    member: (name: string, file: string, ready: string, more: NodeJS.ProcessEnv = {}) =>
      nodeMember({ name, file, env: { ...env, ...more }, isReady: (logs) => logs.includes(ready) }),
    /** When each message reached the platform, by who it was for: milliseconds. */
    async said(): Promise<Map<string, number>> {
      const answer = await fetch(`http://127.0.0.1:${port}/__standin/calls?path=${encodeURIComponent('/cgi-bin/message/send')}`)
      const calls = (await answer.json()) as { at: number; body: { touser: string } }[]
      return new Map(calls.map(({ at, body }) => [body.touser, at]))
    },
    async close() {
      await standin.stop()
      await database.end()
      await pair.release()
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** The demo's organisation with nobody in it but so many reps. */
function bigWorld(world: { teams: string[] }, persons: number): object {
  const people = Array.from({ length: persons }, (_, i) => ({
    userid: `p${i}`,
    name: `员工${i}`,
    title: '销售',
    roles: ['rep'],
    team: world.teams[0],
    mobile: null,
    mail: null,
  }))
  return { ...world, people, customers: [], chats: [], responders: [], groups: [] }
}
