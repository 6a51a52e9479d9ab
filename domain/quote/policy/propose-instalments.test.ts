import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultQuotePolicy } from '../../rule/quote-policy.contract.js'
import type { Instalments } from '../quote.contract.js'
import { isBeforeGoods, prepaidFen } from './before-goods.js'
import { proposeInstalments } from './propose-instalments.js'

const templates = defaultQuotePolicy.instalmentTemplates
const fen = fc.integer({ min: 1, max: 1_000_000_000 })
const credit = fc.record({
  limitFen: fc.bigInt({ min: 0n, max: 2_000_000_000n }),
  owedFen: fc.bigInt({ min: 0n, max: 1_000_000_000n }),
  openFen: fc.bigInt({ min: 0n, max: 1_000_000_000n }),
})
const given = (totalFen: number, parts: Instalments) => BigInt(totalFen) - prepaidFen(totalFen, parts)

it.each<[string, string, boolean]>([
  ['定金', '下单时预付', true],
  ['发货款', '发货前付', true],
  ['尾款', '提货前付清', true],
  ['首付', '合同签订后 3 天内', true],
  ['全款', '款到发货', true],
  ['质保金', '验收后 30 天内付', false],
  ['尾款', '发货后 30 天', false],
  ['全款', '货到付全款', false],
  ['预付款', '月结 30 天', false],
  ['余款', '年底前', false],
])('「%s %s」: paid before the goods leave is %s', (label, when, before) => {
  expect(isBeforeGoods({ label, shareBp: 10_000, when })).toBe(before)
})

describe('what is proposed', () => {
  it('are the policy’s templates where the credit reaches or none was set', () => {
    expect(proposeInstalments(100_000, templates, null)).toEqual(templates)
    expect(proposeInstalments(100_000, templates, { limitFen: 100_000n, owedFen: 0n, openFen: 0n })).toEqual(templates)
  })

  it('starts with the least in advance where it does not, and leaves out what is not enough', () => {
    const proposed = proposeInstalments(100_000, templates, { limitFen: 100_000n, owedFen: 60_000n, openFen: 1n })
    expect(proposed.map((parts) => parts.map(({ shareBp }) => shareBp))).toEqual([
      [6_500, 3_500],
      [3_000, 6_000, 1_000],
      [5_000, 5_000],
    ])
    const none = { limitFen: 0n, owedFen: 5n, openFen: 0n }
    expect(proposeInstalments(100_000, templates, none)).toEqual([
      [{ label: '全款', shareBp: 10_000, when: '款到发货' }],
      templates[1],
    ])
  })

  it('is at most three, each the whole, and each within the credit, or with nothing on credit', () => {
    fc.assert(
      fc.property(fen, credit, (totalFen, one) => {
        const proposed = proposeInstalments(totalFen, templates, one)
        expect(proposed.length).toBeGreaterThan(0)
        expect(proposed.length).toBeLessThanOrEqual(3)
        for (const parts of proposed) {
          expect(parts.reduce((all, { shareBp }) => all + shareBp, 0)).toBe(10_000)
          expect(parts.every(({ shareBp }) => shareBp > 0)).toBe(true)
          const onCredit = given(totalFen, parts)
          if (onCredit > 0n) expect(one.owedFen + one.openFen + onCredit).toBeLessThanOrEqual(one.limitFen)
        }
      }),
    )
  })

  it('never asks for 5 % more in advance than has to be', () => {
    fc.assert(
      fc.property(fen, credit, (totalFen, one) => {
        const [first] = proposeInstalments(totalFen, [], one)
        const share = first?.[0]?.shareBp
        if (share === undefined || share === 10_000) return
        const lessFen = (BigInt(totalFen) * BigInt(share - 500)) / 10_000n
        expect(one.owedFen + one.openFen + BigInt(totalFen) - lessFen).toBeGreaterThan(one.limitFen)
      }),
    )
  })
})
