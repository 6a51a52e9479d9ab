import { afterAll, beforeAll, expect, it } from 'vitest'
import { keepLog } from '../test/factories/log.js'
import { waitFor } from '../test/rig/wait-for.js'
import { type FreshRedis, freshRedis } from '../test/setup/redis.js'
import { connectRedis } from './redis.js'

let redis: FreshRedis
beforeAll(async () => {
  redis = await freshRedis()
})
afterAll(() => redis.stop())

it('a connection that dies while it is made comes back by itself, whatever the moment', async () => {
  // Killed in the middle of the handshake, or just before or after it: the moments differ by a millisecond or two.
  for (let wait = 0; wait < 6; wait++) {
    const client = connectRedis(redis.url, keepLog().log, { commandTimeout: 200, maxRetriesPerRequest: 0 })
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait - 1))
    await redis.kill()
    await redis.start()
    try {
      const answer = await waitFor(() => client.ping().catch(() => null), { ms: 8_000 })
      expect(answer).toBe('PONG')
    } finally {
      client.disconnect()
    }
  }
})
