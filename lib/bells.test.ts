import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepLog } from '../test/factories/log.js'
import { waitFor } from '../test/rig/wait-for.js'
import { type FreshRedis, freshRedis } from '../test/setup/redis.js'
import { type Bells, createBells } from './bells.js'
import { createLive, type Live } from './live.js'

let redis: FreshRedis
const open: (Bells | Live)[] = []
const kept = keepLog()
beforeEach(async () => {
  redis = await freshRedis()
})
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
  await redis.stop()
})

const newBells = () => {
  const bells = createBells(redis.url, kept.log)
  open.push(bells)
  return bells
}
const newLive = () => {
  const live = createLive(redis.url, kept.log)
  open.push(live)
  return live
}

describe('bells', () => {
  it('rings of one moment are one job with all their lanes, heard by another process', async () => {
    const [server, worker] = [newBells(), newBells()]
    const heard: string[][] = []
    worker.answer('inbox', 1, async (lanes) => void heard.push(lanes))
    await waitFor(() => server.up())
    server.ring('inbox', ['a'])
    server.ring('inbox', ['b', 'a'])
    await waitFor(() => heard.length > 0)
    expect(heard).toEqual([['a', 'b']])
  })

  it('a second rings once, however often it is asked for', async () => {
    const bells = newBells()
    let rung = 0
    bells.answer('outbox', 1, async () => void rung++)
    await waitFor(() => bells.up())
    const soon = new Date(Date.now() + 200)
    for (let i = 0; i < 5; i++) bells.ringAt('outbox', soon)
    await waitFor(() => rung > 0)
    const before = rung
    bells.ring('outbox')
    await waitFor(() => rung > before)
    expect(rung).toBe(2)
  })

  it('with Redis away ringing neither fails nor waits; when it is back, bells are heard again', async () => {
    const bells = newBells()
    let rung = 0
    bells.answer('inbox', 1, async () => void rung++)
    await waitFor(() => bells.up())
    await redis.kill()
    await waitFor(async () => !(await bells.up()))
    bells.ring('inbox', ['lost'])
    bells.ringAt('inbox', new Date())
    await redis.start()
    await waitFor(() => {
      bells.ring('inbox')
      return rung > 0
    })
  })

  it('a process that starts while Redis is away hears bells as soon as it is there', async () => {
    await redis.kill()
    const bells = newBells()
    let rung = 0
    bells.answer('inbox', 1, async () => void rung++)
    await redis.start()
    await waitFor(() => {
      bells.ring('inbox')
      return rung > 0
    })
  })

  it('closes with Redis away', async () => {
    const bells = newBells()
    bells.answer('inbox', 1, async () => {})
    await waitFor(() => bells.up())
    await redis.kill()
    await bells.close()
  })
})

describe('live', () => {
  it('tells every process which subjects changed, and nobody who stopped listening', async () => {
    const [here, there] = [newLive(), newLive()]
    const heard: string[] = []
    const stop = there.hear('chat:1', (subject) => heard.push(subject))
    there.hear('chat:2', (subject) => heard.push(subject))
    await waitFor(() => {
      here.tell(['chat:1', 'chat:3'])
      return heard.length > 0
    })
    expect(new Set(heard)).toEqual(new Set(['chat:1']))
    stop()
    await waitFor(() => {
      here.tell(['chat:1', 'chat:2'])
      return heard.includes('chat:2')
    })
    expect(heard.at(-1)).toBe('chat:2')
  })

  it('with Redis away telling neither fails nor waits, and listeners are still there when it is back', async () => {
    const live = newLive()
    const heard: string[] = []
    live.hear('ask:1', (subject) => heard.push(subject))
    await redis.kill()
    live.tell(['ask:1'])
    await redis.start()
    await waitFor(() => {
      live.tell(['ask:1'])
      return heard.length > 0
    })
  })
})
