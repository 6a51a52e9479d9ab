import { rm } from 'node:fs/promises'
import { redisMember } from '../rig/redis-member.js'
import { makeTemp } from './temp.js'

export type FreshRedis = Awaited<ReturnType<typeof freshRedis>>

/**
 * A real Redis of one's own on a unix socket: one per test file. It can be hurt: `kill` is -9, `pause` leaves
 * connections open and silent, `start` brings it back at the same address (empty, unless `durable`).
 */
export async function freshRedis({ durable = false } = {}) {
  const folder = await makeTemp('redis')
  const redis = await redisMember(folder, { durable })
  return {
    ...redis,
    /** For good: also removes its folder. */
    stop: async () => {
      await redis.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
