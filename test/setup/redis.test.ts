import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FreshRedis, freshRedis } from './redis.js'

let redis: FreshRedis
let client: Redis

beforeAll(async () => {
  redis = await freshRedis({ durable: true })
  client = new Redis(redis.url, { retryStrategy: () => 20 })
  client.on('error', () => {})
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

it('answers, falls silent when paused and goes on where it was', async () => {
  await client.set('a', '1')
  redis.pause()
  const asked = client.get('a')
  expect(await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, 100, 'silent'))])).toBe('silent')
  redis.resume()
  expect(await asked).toBe('1')
})

it('comes back at the same address after kill -9, and a durable one remembers', async () => {
  await client.set('b', '2')
  await redis.kill()
  await redis.start()
  expect(await client.get('b')).toBe('2')
})
