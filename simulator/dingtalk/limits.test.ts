import { expect, it } from 'vitest'
import { createLimits } from './limits.js'

it('lets each API be asked twenty times in any second', () => {
  const limits = createLimits()
  const asked = Array.from({ length: 21 }, (_, n) => limits.isOver('a', n * 10))
  expect(asked.indexOf(true)).toBe(20)
  expect(limits.isOver('b', 200)).toBe(false)
  expect(limits.isOver('a', 1_000)).toBe(false)
  expect(limits.isOver('a', 1_001)).toBe(true)
})

it('shuts out for five minutes an address that asks more than 10,000 times in twenty seconds', () => {
  const limits = createLimits()
  const asked = Array.from({ length: 10_001 }, (_, n) => limits.isBlocked('1', n))
  expect(asked.indexOf(true)).toBe(10_000)
  expect(limits.isBlocked('2', 10_001)).toBe(false)
  expect(limits.isBlocked('1', 10_000 + 299_999)).toBe(true)
  expect(limits.isBlocked('1', 10_000 + 300_000)).toBe(false)
})

it('counts the twenty seconds anew', () => {
  const limits = createLimits()
  for (let n = 0; n < 10_000; n += 1) limits.isBlocked('1', 0)
  expect(limits.isBlocked('1', 20_000)).toBe(false)
})
