import { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepLog } from '../test/factories/log.js'
import { waitFor } from '../test/rig/wait-for.js'
import { type FreshRedis, freshRedis } from '../test/setup/redis.js'
import { createShelf, type Shelf } from './shelf.js'

let redis: FreshRedis
const open: Shelf[] = []
const { log } = keepLog()
beforeEach(async () => {
  redis = await freshRedis()
})
afterEach(async () => {
  for (const one of open.splice(0)) one.close()
  await redis.stop()
})

const key = 'k'.repeat(32)
function newShelf(dataKey = key, patienceMs = 5_000, restMs?: number): Shelf {
  const shelf = createShelf(redis.url, { dataKey, log, patienceMs, ...(restMs ? { restMs } : {}) })
  open.push(shelf)
  return shelf
}

/** Everything that Redis holds, as it lies there. */
async function allOf(): Promise<{ name: string; value: string; leftMs: number }[]> {
  const raw = new Redis(redis.url)
  const names = await raw.keys('*')
  const all = await Promise.all(
    names.map(async (name) => ({
      name,
      value: (await raw.getBuffer(name))?.toString('latin1') ?? '',
      leftMs: await raw.pttl(name),
    })),
  )
  raw.disconnect()
  return all
}

describe('a shelf', () => {
  it('gives what another process laid on it, and nothing under another name', async () => {
    const [a, b] = [newShelf(), newShelf()]
    await a.put('gettoken|corp', 'ToKeN', 60_000)
    expect(await b.get('gettoken|corp')).toBe('ToKeN')
    expect(await b.get('gettoken|other')).toBeNull()
  })

  it('is sealed: Redis holds neither names nor values, only for a while, and nobody with another key reads it', async () => {
    await newShelf().put('gettoken|corp', 'ToKeN', 60_000)
    const all = await allOf()
    expect(all).toHaveLength(1)
    expect(JSON.stringify(all)).not.toMatch(/ToKeN|gettoken|corp/)
    expect(all[0]?.leftMs).toBeGreaterThan(0)
    expect(all[0]?.leftMs).toBeLessThanOrEqual(60_000)
    expect(await newShelf('o'.repeat(32)).get('gettoken|corp')).toBeNull()
  })

  it('does not take what was moved or spoilt for its own', async () => {
    const shelf = newShelf()
    await shelf.put('a', 'one', 60_000)
    await shelf.put('b', 'two', 60_000)
    const raw = new Redis(redis.url)
    const [first, second] = (await raw.keys('*')) as [string, string]
    await raw.copy(first, second, 'REPLACE')
    expect([await shelf.get('a'), await shelf.get('b')].filter((one) => one === null)).toHaveLength(1)
    await raw.set(first, 'x')
    await raw.set(second, 'x')
    expect([await shelf.get('a'), await shelf.get('b')]).toEqual([null, null])
    raw.disconnect()
  })

  it('is one process’s at a time: the next one waits until it is given back', async () => {
    const [a, b] = [newShelf(), newShelf()]
    const order: string[] = []
    const release = await a.lock('x')
    const second = b.lock('x').then((give) => {
      order.push('b has it')
      give()
    })
    const other = await b.lock('y') // another name is free
    order.push('a gives back')
    release()
    await second
    other()
    expect(order).toEqual(['a gives back', 'b has it'])
  })

  it('does not keep anyone from going on when the holder never gives back', async () => {
    const [a, b] = [newShelf(), newShelf(key, 100)]
    await a.lock('x')
    await b.lock('x') // would wait for ever
    expect((await allOf()).every((one) => one.leftMs > 0)).toBe(true)
  })

  it.each([
    ['hangs', () => redis.pause()],
    ['is gone', () => redis.kill()],
  ])('is empty while Redis %s, and answers', async (_, hurt) => {
    const shelf = newShelf(key, 200)
    await shelf.put('x', 'one', 60_000)
    await hurt()
    expect(await shelf.get('x')).toBeNull()
    await shelf.put('x', 'two', 60_000)
    const release = await shelf.lock('x')
    release()
  })

  it.each([
    ['back', () => redis.kill(), () => redis.start()],
    ['awake', async () => redis.pause(), async () => redis.resume()],
  ])('is asked again when Redis is %s', async (_, hurt, heal) => {
    const shelf = newShelf(key, 200, 100)
    await hurt()
    expect(await shelf.get('x')).toBeNull()
    await heal()
    await waitFor(async () => {
      await shelf.put('x', 'one', 60_000)
      return (await shelf.get('x')) === 'one'
    })
  })

  it('is left alone for a while when Redis did not answer: one call waits, the next ones do not', async () => {
    const shelf = newShelf(key, 100, 60_000)
    await shelf.put('x', 'one', 60_000)
    redis.pause()
    expect(await shelf.get('x')).toBeNull()
    redis.resume()
    expect(await shelf.get('x')).toBeNull()
    expect(await newShelf().get('x')).toBe('one')
  })
})
