import { describe, expect, it } from 'vitest'
import { createLimit } from './limit.js'

/** Seconds pass when the test says so. */
function stage() {
  let sleeping: { ms: number; wake: () => void }[] = []
  const sleep = (ms: number) => new Promise<void>((wake) => sleeping.push({ ms, wake }))
  const limit = createLimit({ sleep })
  const left: string[] = []
  const ends: (() => void)[] = []
  const leave = (api: string) =>
    limit(api).then((end) => {
      left.push(api)
      ends.push(end)
    })
  return {
    left,
    leave,
    limit,
    call: (count: number, api = 'a') => {
      for (let n = 0; n < count; n++) void leave(api)
      return settle()
    },
    /** So many answers come. */
    answer: (count: number) => {
      for (const end of ends.splice(0, count)) end()
      return settle()
    },
    second: async () => {
      const all = sleeping
      sleeping = []
      expect(all.every(({ ms }) => ms === 1_000)).toBe(true)
      for (const { wake } of all) wake()
      await settle()
    },
  }
}
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('createLimit', () => {
  it('lets 20 go at once, and each next one a second after an answer', async () => {
    const { left, call, answer, second } = stage()
    await call(50)
    expect(left).toHaveLength(20)
    await answer(3)
    expect(left).toHaveLength(20)
    await second()
    expect(left).toHaveLength(23)
    await second()
    expect(left).toHaveLength(23)
    await answer(20)
    await second()
    expect(left).toHaveLength(43)
  })

  it('counts each interface for itself', async () => {
    const { left, call } = stage()
    await call(20, 'a')
    await call(20, 'b')
    expect(left).toHaveLength(40)
  })

  it('keeps a place for who comes when nobody waits', async () => {
    const { left, call, answer, second } = stage()
    await call(20)
    await answer(20)
    await second()
    await call(25)
    expect(left).toHaveLength(40)
  })

  it('turns away what would wait too long, and takes no place for it', async () => {
    const { left, call, leave, answer, second } = stage()
    await call(100)
    await expect(leave('a')).rejects.toMatchObject({ kind: 'retry', code: 'queue-full', delayMs: 5_000, unknownOutcome: false })
    for (let n = 0; n < 4; n++) {
      await answer(20)
      await second()
    }
    expect(left).toHaveLength(100)
  })

  it('lets them go in the order in which they came', async () => {
    const { limit, call, answer, second } = stage()
    await call(20)
    const order: number[] = []
    for (const n of [1, 2, 3]) void limit('a').then(() => order.push(n))
    await answer(3)
    await second()
    expect(order).toEqual([1, 2, 3])
  })
})
