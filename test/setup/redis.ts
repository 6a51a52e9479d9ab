import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { startRedis } from '../../scripts/embedded/redis.mjs'
import { guardGroup } from './guard.js'
import { makeTemp } from './temp.js'

export type FreshRedis = Awaited<ReturnType<typeof freshRedis>>

/**
 * A real Redis of one's own on a unix socket: one per test file. It can be hurt: `kill` is -9, `pause` leaves
 * connections open and silent, `start` brings it back at the same address (empty, unless `durable`).
 */
export async function freshRedis({ durable = false } = {}) {
  const folder = await makeTemp('redis')
  const start = async () => {
    const server = await startRedis({ folder, socket: join(folder, 'sock'), durable, say: () => {} })
    const pid = server.pid()
    if (!pid) throw new Error('Redis ended as soon as it had started')
    return { ...server, number: pid, release: guardGroup(pid) }
  }
  let server = await start()
  const signal = (name: NodeJS.Signals) => void process.kill(server.number, name)

  return {
    url: server.url,
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    kill: async () => {
      signal('SIGKILL')
      await server.stop()
    },
    start: async () => {
      server.release()
      server = await start()
    },
    /** For good: also removes its folder. */
    stop: async () => {
      if (server.pid()) signal('SIGCONT')
      await server.stop()
      server.release()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
