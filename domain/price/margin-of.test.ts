import fc from 'fast-check'
import { expect, it } from 'vitest'
import { costOfLine, sumCosts } from './cost-of.js'
import { marginBpOf, shareLeft } from './margin-of.js'

const sold = (subtotalFen: number, over: { discountFen?: number; rebateFen?: number } = {}) => ({
  subtotalFen,
  discountFen: 0,
  rebateFen: 0,
  ...over,
})
const gross = { included: true, rateBp: 1300 }

it('is what is left of the price, both without tax, after discount and rebate', () => {
  expect(marginBpOf({ totals: sold(11_300), tax: gross, costFen: 8_000n })).toBe(2_000)
  expect(marginBpOf({ totals: sold(10_000), tax: { included: false, rateBp: 1300 }, costFen: 8_000n })).toBe(2_000)
  expect(marginBpOf({ totals: sold(11_300, { discountFen: 1_130 }), tax: gross, costFen: 8_000n })).toBe(1_111)
  expect(marginBpOf({ totals: sold(11_300, { rebateFen: 1_130 }), tax: gross, costFen: 8_000n })).toBe(1_111)
  expect(marginBpOf({ totals: sold(11_300), tax: gross, costFen: null })).toBeNull()
})

it('18.4999 % is not enough where 18.5 % is asked for', () => {
  expect(shareLeft(1_000_000n, 815_000n)).toBe(1_850)
  expect(shareLeft(1_000_000n, 815_001n)).toBe(1_849)
  expect(shareLeft(1_000n, 1_001n)).toBe(-10)
  expect(shareLeft(3n, 4n)).toBe(-3_334)
  expect([shareLeft(0n, 0n), shareLeft(0n, 5n) < 0, shareLeft(-5n, 0n)]).toEqual([0, true, 0])
})

it('falls with the cost, rises with the price, and says «enough» exactly where it is', () => {
  const fen = fc.bigInt({ min: 1n, max: 10n ** 13n })
  fc.assert(
    fc.property(fen, fen, fen, fc.integer({ min: -5_000, max: 9_999 }), (net, cost, more, least) => {
      expect(shareLeft(net, cost + more)).toBeLessThanOrEqual(shareLeft(net, cost))
      expect(shareLeft(net + more, cost)).toBeGreaterThanOrEqual(shareLeft(net, cost))
      const margin = shareLeft(net, cost)
      if (margin > -1_000_000) expect(margin >= least).toBe((net - cost) * 10_000n >= BigInt(least) * net)
    }),
  )
})

it('a line costs its quantity, and nobody knows where one line’s cost is unknown', () => {
  const costs = new Map([['p', { cost: '0.0226', taxBp: 1300 }]])
  expect(costOfLine({ productId: 'p', qty: '1000' }, costs)).toBe(2_000n)
  expect(costOfLine({ productId: null, qty: '1000' }, costs)).toBeNull()
  expect([sumCosts([1n, 2n]), sumCosts([1n, null]), sumCosts([])]).toEqual([3n, null, 0n])
})
