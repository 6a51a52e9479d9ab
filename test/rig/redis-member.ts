import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startRedis } from '../../scripts/embedded/redis.mjs'
import { isAlive } from '../../scripts/host/process.mjs'
import { guardGroup } from '../setup/guard.js'
import { signalAll } from './family.js'
import type { Member } from './member.js'
import { waitFor } from './wait-for.js'

/** Redis with the settings of production: it writes down what it knows. `durable: false` forgets all at a restart. */
export async function redisMember(folder: string, { durable = true } = {}): Promise<Member & { url: string }> {
  const launch = async () => {
    const server = await startRedis({ folder, socket: join(folder, 'sock'), durable, say: () => {} })
    return { ...server, release: guardGroup(server.pid() ?? 0) }
  }
  let server = await launch()
  const signal = (name: NodeJS.Signals) => signalAll([server.pid() ?? []].flat(), name)
  const start = async () => {
    server.release()
    server = await launch()
  }
  const stop = async () => {
    signal('SIGCONT')
    await server.stop()
    server.release()
  }

  return {
    name: 'redis',
    url: server.url,
    pid: () => server.pid(),
    start,
    stop,
    kill: async () => {
      const pid = server.pid()
      signal('SIGKILL')
      await waitFor(() => !pid || !isAlive(pid), { what: 'Redis to be gone' })
      server.release()
    },
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    restart: async () => {
      await stop()
      await start()
    },
    logs: () => readFileSync(join(folder, 'server.log'), 'utf8'),
  }
}
