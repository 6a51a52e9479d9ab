import { describe, expect, it } from 'vitest'
import { createLimit } from './limit.js'

/** A clock that only waiting moves; every call's moment is noted. */
function stage() {
  let now = 0
  const waits: number[] = []
  const sleep = async (ms: number) => void waits.push(ms)
  return { limit: createLimit({ now: () => now, sleep }), waits, pass: (ms: number) => (now += ms) }
}
const times = (count: number, run: () => Promise<unknown>) => Promise.all(Array.from({ length: count }, run))

describe('createLimit', () => {
  it('lets 20 go at once and the next wait until a second is over', async () => {
    const { limit, waits } = stage()
    await times(20, () => limit('a'))
    expect(waits).toEqual([])
    await times(25, () => limit('a'))
    expect(waits).toEqual([...Array(20).fill(1_050), ...Array(5).fill(2_100)])
  })

  it('never lets more than 20 go within a second, however they come', async () => {
    const { limit, waits, pass } = stage()
    const left: number[] = []
    let now = 0
    for (let n = 0; n < 90; n++) {
      const before = waits.length
      await limit('a')
      left.push(now + (waits.length > before ? (waits.at(-1) as number) : 0))
      pass(17)
      now += 17
    }
    left.sort((a, b) => a - b)
    for (let n = 20; n < left.length; n++) expect((left[n] as number) - (left[n - 20] as number)).toBeGreaterThanOrEqual(1_000)
  })

  it('counts each interface for itself', async () => {
    const { limit, waits } = stage()
    await times(20, () => limit('a'))
    await times(20, () => limit('b'))
    expect(waits).toEqual([])
  })

  it('turns away what would wait too long, and takes no turn for it', async () => {
    const { limit, waits, pass } = stage()
    await times(100, () => limit('a'))
    expect(Math.max(...waits)).toBe(4_200)
    await expect(limit('a')).rejects.toMatchObject({ kind: 'retry', code: 'queue-full', delayMs: 5_250, unknownOutcome: false })
    pass(1_100)
    await limit('a')
    expect(waits.at(-1)).toBe(4_150)
  })
})
