import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { splitInstalments } from './split-instalments.js'

const fens = (total: number, ...shares: number[]) =>
  splitInstalments(
    shares.map((shareBp) => ({ shareBp })),
    total,
  ).map(({ fen }) => fen)

it('each takes its share, to the 分', () => {
  expect(fens(1_524_097_415, 3000, 3333, 3667)).toEqual([457_229_225, 507_981_668, 558_886_522])
  expect(fens(100_00, 5000, 5000)).toEqual([50_00, 50_00])
  expect(fens(1, 5000, 5000)).toEqual([1, 0])
  expect(fens(3, 1667, 1667, 1667, 1667, 1667, 1665)).toEqual([1, 0, 1, 0, 1, 0])
  expect(fens(5)).toEqual([])
})

it('they add up to the total, and none is negative', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e14 }),
      fc.array(fc.integer({ min: 0, max: 1600 }), { maxLength: 5 }),
      (total, shares) => {
        const last = 10_000 - shares.reduce((sum, one) => sum + one, 0)
        const all = fens(total, ...shares, last)
        return all.every((fen) => fen >= 0) && all.reduce((sum, fen) => sum + fen, 0) === total
      },
    ),
  )
})
