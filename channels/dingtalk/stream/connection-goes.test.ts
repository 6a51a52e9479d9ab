import { describe, expect, it } from 'vitest'
import { holdUp, open, ROBOT, sayGoodbye, until, useStreams } from '../../../test/factories/streams.js'
import { answerJson } from './fixtures/gateway.js'
import { usualPace } from './pace.js'

const bench = useStreams()
const { hold } = bench

describe('the connection goes', () => {
  it('announced in the middle of a conversation: the next one stands first, and both are answered', async () => {
    const { stream, heard } = hold({ firstRetryMs: 60_000, mostRetryMs: 60_000, steadyMs: 0 })
    const old = await bench.gateway.nextLine()
    await old.push({ type: 'CALLBACK', topic: ROBOT, data: { n: 1 } })
    sayGoodbye(old)
    const next = await bench.gateway.nextLine()
    const acks = [
      await old.push({ type: 'CALLBACK', topic: ROBOT, data: { n: 2 } }),
      await next.push({ type: 'CALLBACK', topic: ROBOT, data: { n: 3 } }),
    ]
    expect(acks.map(({ code }) => code)).toEqual([200, 200])
    sayGoodbye(old)
    old.socket.close()
    await old.closed
    await next.push({ type: 'CALLBACK', topic: ROBOT, data: { n: 4 } })
    expect(heard.map(({ frame }) => frame.data)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }])
    expect(bench.gateway.opens.length).toBe(2)
    expect(stream.status().open).toBe(true)
  })

  it('announced, and never closed by the gateway: we close it, but only once the next one stands', async () => {
    hold({ leaveMs: 30 })
    const old = await bench.gateway.nextLine()
    bench.gateway.settings.open = (_req, res) => void answerJson(res, 503, {})
    sayGoodbye(old)
    await until(() => bench.gateway.opens.length >= 4)
    expect((await old.push({ type: 'EVENT', topic: '*' })).code).toBe(200)
    bench.gateway.settings.open = null
    await bench.gateway.nextLine()
    expect(await old.closed).toBe(1000)
  })

  it('cut without a word: tried again, and what was being handled is not lost', async () => {
    const { store, heard } = hold()
    const stored = holdUp(store)
    const old = await bench.gateway.nextLine()
    void old.push({ type: 'EVENT', topic: '*', data: { n: 1 } })
    await until(() => heard.length === 1)
    old.socket.terminate()
    const next = await bench.gateway.nextLine()
    stored()
    expect((await next.push({ type: 'EVENT', topic: '*', data: { n: 1 } })).code).toBe(200)
  })

  it.each([
    ['', 1],
    [', also by a clock that was set back', -1],
  ])('a socket that only looks open is found by its silence%s', async (_, way) => {
    const { stream, clock } = hold({ pingMs: 10 })
    const line = await bench.gateway.nextLine()
    await open(stream)
    await new Promise<void>((resolve) => line.socket.once('ping', () => resolve()))
    line.socket.pause()
    // More than once: a pong may still have been on its way.
    while (bench.gateway.lines.length < 2) {
      clock.now += way * (usualPace.deadMs + 1)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await open(stream)
  })

  it('one that answers pings but is no longer pinged by the gateway is replaced like one that was announced', async () => {
    const { stream, clock, heard } = hold({ pingMs: 10 })
    const old = await bench.gateway.nextLine()
    for (let n = 0; n < 2; n += 1) await old.push({ type: 'SYSTEM', topic: 'ping', data: { opaque: 'x' } })
    for (let passed = 0; passed <= usualPace.forgottenMs; passed += 20_000) {
      await new Promise<void>((resolve) => old.socket.once('ping', () => resolve()))
      clock.now += 20_000
    }
    await bench.gateway.nextLine()
    await old.push({ type: 'EVENT', topic: '*' })
    expect(heard.length).toBe(1)
    await open(stream)
  })

  it('a gateway that sends everybody away is not run at: every try waits twice as long', async () => {
    bench.gateway.settings.onLine = sayGoodbye
    const { lines } = hold({ steadyMs: 30_000, firstRetryMs: 8, mostRetryMs: 64, leaveMs: 10 })
    await until(() => bench.gateway.lines.length >= 6)
    bench.gateway.settings.onLine = (line) => line.socket.terminate()
    await until(() => bench.gateway.lines.length >= 8)
    bench.gateway.settings.open = (_req, res) => void answerJson(res, 503, {})
    await until(() => bench.gateway.opens.length >= 10)
    const waits = lines.flatMap((line) => JSON.parse(line).retryMs ?? [])
    expect(waits.every((ms) => ms === 48)).toBe(true)
  })
})
