import { describe, expect, it } from 'vitest'
import { goal } from './define.js'
import { median, quantile, round } from './median.js'

describe('quantile', () => {
  it('is the value that the share of all lie at or below, whatever their order', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => 100 - i)
    expect([0, 0.5, 0.99, 1].map((share) => quantile(hundred, share))).toEqual([1, 50, 99, 100])
    expect(median([3, 1, 2])).toBe(2)
    expect(quantile([7], 0.99)).toBe(7)
  })

  it('has no answer to nothing', () => {
    expect(() => median([])).toThrow()
  })
})

describe('goal', () => {
  it('is judged by the figure that is shown', () => {
    expect(goal('x', 0.29999, { op: '>=', goal: 0.3 })).toEqual({ name: 'x', value: 0.3, op: '>=', goal: 0.3, ok: true })
    expect(goal('x', 50.1, { op: '<=', goal: 50 }).ok).toBe(false)
    expect(round(123456)).toBe(123500)
  })
})
