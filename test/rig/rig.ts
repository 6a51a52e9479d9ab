import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createDb } from '../../lib/db.js'
import { migrate } from '../../lib/migrate.js'
import { demoSecrets } from '../../scripts/demo/secrets.mjs'
import { demoEnv } from '../../scripts/demo/settings.mjs'
import { freePort } from '../../scripts/host/ports.mjs'
import { makeTemp, sweepTemps } from '../setup/temp.js'
import { startBalancer } from './balancer.js'
import { copyGround, turnBack } from './ground.js'
import { nodeMember } from './node-member.js'
import { person } from './person.js'
import { postgresMember } from './postgres-member.js'
import { redisMember } from './redis-member.js'
import { seed } from './seed.js'
import { standinClient } from './standin-client.js'
import { waitFor } from './wait-for.js'

export type Rig = Awaited<ReturnType<typeof startRig>>
type Options = {
  servers?: number
  workers?: number
  /** Over what the demo would set. */
  env?: Record<string, string>
  /** How the organisation's DingTalk reaches the product; without it there is none, and nobody who has nothing else. */
  dingtalk?: 'stream' | 'http'
  /** Only what holds the data: servers, workers and the stand-in are started by the test. */
  calm?: boolean
}

/**
 * The whole product as real processes in a folder of its own: PostgreSQL, Redis, servers, workers and the stand-in
 * platform, seeded with the demo organisation. Each can be killed, paused and restarted; none outlives this process.
 */
export async function startRig({ servers = 1, workers = 1, env: over = {}, dingtalk, calm = false }: Options = {}) {
  await sweepTemps()
  const home = await makeTemp('rig')
  // What was laid for all has nobody of DingTalk.
  const laid = dingtalk ? false : await copyGround(home)
  const [postgres, redis] = await Promise.all([postgresMember(home), redisMember(join(home, 'redis'))])
  const ports = await Promise.all(Array.from({ length: servers + 2 }, () => freePort()))
  const [port = 0, smtpPort = 0, ...serverPorts] = ports
  const urls = serverPorts.map((serverPort) => `http://127.0.0.1:${serverPort}`)
  const balancer = servers > 1 ? await startBalancer(urls) : null
  const env = {
    ...demoEnv({
      home,
      port,
      productPort: serverPorts[0] ?? 0,
      smtpPort,
      secrets: demoSecrets(home),
      databaseUrl: postgres.url,
      redisUrl: redis.url,
      dingtalk,
    }),
    ...(balancer ? { STANDIN_PRODUCT: balancer.url } : {}),
    ...over,
  }
  if (laid) await turnBack(postgres.url)
  else {
    await migrate(postgres.url)
    await seed(env)
  }

  const standinProcess = nodeMember({
    name: 'stand-in',
    file: 'simulator/main.ts',
    env,
    isReady: (logs) => logs.includes('stand-in ready'),
  })
  const serverMembers = serverPorts.map((serverPort, i) => {
    const url = urls[i] ?? ''
    const isReady = async () => (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok
    return {
      ...nodeMember({ name: `server ${i + 1}`, file: 'bot-server/main.ts', env: { ...env, PORT: String(serverPort) }, isReady }),
      url,
    }
  })
  const workerMembers = Array.from({ length: workers }, (_, i) =>
    nodeMember({ name: `worker ${i + 1}`, file: 'jobs/main.ts', env, isReady: (logs) => logs.includes('worker ready') }),
  )
  const own = [...serverMembers, ...workerMembers, standinProcess]
  const db = createDb(postgres.url, 4)

  const stop = async () => {
    await Promise.all(own.map((member) => member.kill()))
    balancer?.close()
    await db.$disconnect()
    await Promise.all([postgres.stop(), redis.stop()])
    await rm(home, { recursive: true, force: true })
  }
  if (!calm) {
    try {
      await Promise.all(own.map((member) => member.start()))
    } catch (error) {
      await stop()
      throw error
    }
  }
  return {
    home,
    env,
    /** Where people's clients are: `http://<userid>.bulou.localhost:<port>`, `http://desk.bulou.localhost:<port>`. */
    port,
    /** Somebody's client without a browser. */
    person: (userid: string) => person(port, userid),
    hostOf: (userid: string) => `http://${userid}.bulou.localhost:${port}`,
    db,
    postgres,
    redis,
    servers: serverMembers,
    workers: workerMembers,
    standin: { ...standinClient(`http://127.0.0.1:${port}`), process: standinProcess },
    waitFor,
    /** Everything of everyone, for the message of a failed test. */
    logs: () => own.map((member) => `── ${member.name}\n${member.logs()}`).join('\n'),
    stop,
  }
}
