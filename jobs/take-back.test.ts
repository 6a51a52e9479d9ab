import { describe, expect, it } from 'vitest'
import { withdraw } from '../domain/outbox.js'
import { refusal, unknownOutcome, useDelivery } from '../test/factories/delivery.js'
import { at, inWork, SECOND } from '../test/factories/work.js'

const bench = useDelivery()
const { failOnce, rows, say, work } = bench

describe('taking back', () => {
  const takeBack = (key: string) => inWork(bench.db, (w) => withdraw(w, [key], '已撤销'))

  it('works until the call begins, and not after', async () => {
    await say('x', { key: 'x', notBefore: at(10 * SECOND) })
    expect(await takeBack('x')).toBe(1)
    await say('y', { key: 'y' })
    await bench.claim()
    expect(await takeBack('y')).toBe(0)
    expect((await rows()).map((row) => row.state)).toEqual(['withdrawn', 'open'])
  })

  it('works again after a call that is known to have failed', async () => {
    failOnce('before', refusal('retry'))
    await say('x', { key: 'x' })
    await work()
    expect(await takeBack('x')).toBe(1)
  })

  it('does not work while an earlier call may have got through, whatever a later one said', async () => {
    failOnce('after', unknownOutcome())
    await say('x', { key: 'x' })
    await work()
    expect(await takeBack('x')).toBe(0)
    bench.now = at(SECOND)
    failOnce('before', refusal('retry'))
    await work()
    expect(await takeBack('x')).toBe(0)
  })
})
