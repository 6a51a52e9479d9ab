import { expect, it } from 'vitest'
import { retryAfterMs, usualPace } from './pace.js'

it('waits twice as long after each try, up to a minute, and never at everybody’s moment', () => {
  const waits = (random: number) => [0, 1, 2, 5, 6, 50, 5_000].map((tries) => retryAfterMs(tries, usualPace, () => random))
  expect(waits(0)).toEqual([500, 1_000, 2_000, 16_000, 30_000, 30_000, 30_000])
  expect(waits(0.999)).toEqual([1_000, 1_999, 3_998, 31_984, 59_970, 59_970, 59_970])
})
