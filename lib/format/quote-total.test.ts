import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineFen } from './amount.js'
import { MOST_FEN, rebateAt, type Summed, totalDraft } from './quote-total.js'

const decimal = (most: number, places: number) =>
  fc
    .tuple(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: 10 ** places - 1 }))
    .map(([whole, rest]) => `${whole}.${String(rest).padStart(places, '0')}`)
const line = fc.record({ id: fc.uuid(), qty: decimal(9_999, 3), price: decimal(9_999, 6), gift: fc.boolean() })
const rung = fc.record({ fromFen: fc.integer({ min: 0, max: 10_000_000 }), rateBp: fc.integer({ min: 0, max: 10_000 }) })
const draft: fc.Arbitrary<Summed> = fc.record({
  lines: fc.uniqueArray(line, { selector: ({ id }) => id, maxLength: 12 }),
  tax: fc.record({ included: fc.boolean(), rateBp: fc.integer({ min: 0, max: 10_000 }) }),
  freight: fc.record({
    how: fc.constantFrom('included' as const, 'fixed' as const, 'collect' as const),
    fen: fc.integer({ min: 0, max: 1_000_000 }),
  }),
  discountFen: fc.integer({ min: 0, max: 100_000_000 }),
  rebates: fc.array(rung, { maxLength: 5 }),
})
const simple = (over: Partial<Summed> = {}): Summed => ({
  lines: [],
  tax: { included: true, rateBp: 1300 },
  freight: { how: 'included', fen: 0 },
  discountFen: 0,
  rebates: [],
  ...over,
})
const lines = (...rows: [qty: string, price: string, gift?: boolean][]) =>
  rows.map(([qty, price, gift = false], at) => ({ id: `line ${at}`, qty, price, gift }))

describe('the sum of a draft', () => {
  it('is exact for a screw at 0.035 元, and rounds each line once', () => {
    const screws = simple({ lines: lines(['100', '0.035'], ['143', '0.035'], ['0.5', '0.03']) })
    // 5.005 元 is 5.01, 0.015 is 0.02.
    expect(totalDraft(screws)).toMatchObject({ subtotalFen: 350 + 501 + 2, totalFen: 853, taxFen: 0 })
  })

  it('leaves gifts out, adds freight that is charged, takes the discount, and tax on top of that', () => {
    const whole = simple({
      lines: lines(['10', '100'], ['1', '50', true]),
      tax: { included: false, rateBp: 1300 },
      freight: { how: 'fixed', fen: 2_000 },
      discountFen: 1_000,
    })
    expect(totalDraft(whole)).toMatchObject({
      lines: { 'line 0': 100_000, 'line 1': 5_000 },
      giftFen: 5_000,
      subtotalFen: 100_000,
      taxFen: 13_130,
      totalFen: 114_130,
    })
    expect(totalDraft({ ...whole, freight: { how: 'collect', fen: 2_000 } })).toMatchObject({ freightFen: 0, totalFen: 111_870 })
  })

  it('takes no more off than there is', () => {
    const given = simple({ lines: lines(['1', '3']), discountFen: 500 })
    expect(totalDraft(given)).toMatchObject({ discountFen: 300, totalFen: 0 })
  })

  it('says the most that we count to where somebody’s finger lay on a key', () => {
    const absurd = simple({ lines: lines(['999999999', '999999999']) })
    expect(totalDraft(absurd)).toMatchObject({ subtotalFen: MOST_FEN, totalFen: MOST_FEN })
  })

  it('is no sum where a price is no number', () => {
    expect(() => totalDraft(simple({ lines: lines(['1', '1e3']) }))).toThrow(RangeError)
    expect(() => totalDraft(simple({ lines: lines(['', '1']) }))).toThrow(RangeError)
  })

  it('adds up: lines, and then freight, discount and tax, to the 分', () => {
    fc.assert(
      fc.property(draft, (one) => {
        const sum = totalDraft(one)
        const of = (gift: boolean) => one.lines.filter((l) => l.gift === gift).reduce((all, l) => all + (sum.lines[l.id] ?? 0), 0)
        expect(of(false)).toBe(sum.subtotalFen)
        expect(of(true)).toBe(sum.giftFen)
        expect(sum.subtotalFen + sum.freightFen - sum.discountFen + sum.taxFen).toBe(sum.totalFen)
        for (const l of one.lines) expect(sum.lines[l.id]).toBe(Number(lineFen(l)))
        for (const fen of [sum.totalFen, sum.rebateFen, sum.discountFen]) expect(Number.isSafeInteger(fen) && fen >= 0).toBe(true)
      }),
    )
  })

  it('does not depend on the order of its lines', () => {
    fc.assert(
      fc.property(draft, (one) => {
        expect(totalDraft({ ...one, lines: one.lines.toReversed() })).toEqual(totalDraft(one))
      }),
    )
  })

  it('never falls because there is more of something', () => {
    fc.assert(
      fc.property(draft, decimal(999, 3), (one, more) => {
        const grown = { ...one, lines: [...one.lines, { id: 'more', qty: more, price: '1.5', gift: false }] }
        expect(totalDraft(grown).totalFen).toBeGreaterThanOrEqual(totalDraft(one).totalFen)
        expect(totalDraft(grown).rebateFen).toBeGreaterThanOrEqual(totalDraft(one).rebateFen)
      }),
    )
  })
})

describe('a ladder of rebates', () => {
  const ladder = [
    { fromFen: 1_000_000, rateBp: 100 },
    { fromFen: 5_000_000, rateBp: 250 },
  ]
  it('gives nothing below its first rung, and from a rung on its rate on all of it', () => {
    expect([999_999, 1_000_000, 4_999_999, 5_000_000].map((fen) => rebateAt(fen, ladder))).toEqual([0, 10_000, 50_000, 125_000])
  })

  it('never gives back less for more, however it was written, and never more than there is', () => {
    fc.assert(
      fc.property(
        fc.array(rung, { maxLength: 6 }),
        fc.integer({ min: 0, max: 20_000_000 }),
        fc.integer({ min: 0, max: 20_000_000 }),
        (rungs, a, b) => {
          const [less, more] = a < b ? [a, b] : [b, a]
          expect(rebateAt(more, rungs)).toBeGreaterThanOrEqual(rebateAt(less, rungs))
          expect(rebateAt(more, rungs)).toBeLessThanOrEqual(more)
        },
      ),
    )
  })
})
