import { describe, expect, it } from 'vitest'
import { keepNote, useHandling } from '../test/factories/handling.js'
import { waitFor } from '../test/rig/wait-for.js'

const bench = useHandling()
const { handledOn, hear, newHandler, open, settled } = bench
const numbers = (n: number) => Array.from({ length: n }, (_, i) => String(i + 1))

describe('order', () => {
  it('sixty messages of one lane, several processes at it: each once, none overtakes another', async () => {
    const several = [newHandler(), newHandler(), newHandler()]
    for (const word of numbers(60)) {
      await hear('a', word)
      several[Number(word) % 3]?.drain(['a'])
    }
    for (const handler of several) await handler.sweep()
    await settled()
    expect(await handledOn('a')).toEqual(numbers(60))
  })

  it('a lane that takes long holds up no other', async () => {
    let letGo = () => {}
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    bench.onNote = async (ctx, words, lane) => {
      if (lane === 'slow') await held
      await keepNote(ctx, words, lane)
    }
    await hear('slow', '1', '2')
    await hear('quick', '1', '2', '3')
    const handler = newHandler()
    // Rung for again and again, the slow lane still takes one place of its process.
    for (let i = 0; i < 10; i++) handler.drain(['slow'])
    handler.drain(['quick'])
    await waitFor(async () => (await handledOn('quick')).length === 3)
    expect(await handledOn('slow')).toEqual([])
    letGo()
    await settled()
    expect(await handledOn('slow')).toEqual(['1', '2'])
  })

  it('a row that arrives while the holder finds its lane empty is not lost', async () => {
    const handler = newHandler()
    const other = newHandler()
    for (const word of numbers(40)) {
      await hear('race', word)
      // Both at once, no sweep: one of them finds the lane taken, or empty, at the worst moment.
      handler.drain(['race'])
      other.drain(['race'])
    }
    await settled()
    expect(await handledOn('race')).toEqual(numbers(40))
  })

  it('a sweep finds what no bell told of, past any number of lanes that wait', async () => {
    await bench.db.$executeRaw`
      INSERT INTO inbox (key, source, lane, body, trace, not_before)
      SELECT 'w' || n, 'wecom', 'waits-' || n, '', '', ${new Date(bench.now.getTime() + 60_000)} FROM generate_series(1, 300) n`
    await bench.db.$executeRaw`
      INSERT INTO inbox (key, source, lane, body, trace) SELECT 'v' || n, 'wecom', 'waits-' || n, '', '' FROM generate_series(1, 300) n`
    await hear('forgotten', '1')
    await newHandler().sweep()
    await waitFor(async () => (await handledOn('forgotten')).length === 1)
    // Behind a row that waits for its time the lane waits: order.
    expect(await open()).toBe(600)
  })
})
