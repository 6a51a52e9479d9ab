import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { priceUnits } from '../../lib/format/amount.js'
import { bookPriceInput, priceSteps, rebates } from './price.contract.js'
import { offerAt } from './price-at.js'
import { onFooting } from './prices-for.js'

const price = fc.integer({ min: 1, max: 999_999_999 }).map((n) => `${Math.floor(n / 1e6)}.${String(n % 1e6).padStart(6, '0')}`)
const qty = fc.integer({ min: 1, max: 9_999_999 }).map((n) => `${Math.floor(n / 1e3)}.${String(n % 1e3).padStart(3, '0')}`)
/** As somebody may have written or brought them, sorted or not. */
const steps = fc.array(fc.record({ fromQty: qty, price }), { maxLength: 6 })
const offer = fc.record({
  price: fc.option(price),
  steps,
  discountBp: fc.option(fc.integer({ min: 1, max: 10_000 })),
  listPrice: fc.option(price),
})

describe('the price at a quantity', () => {
  const screw = {
    price: '0.035',
    steps: [
      { fromQty: '100', price: '0.033' },
      { fromQty: '1000', price: '0.03' },
    ],
    discountBp: null,
    listPrice: '0.04',
  }
  it('is the one of the step that it reaches', () => {
    expect(['1', '99.999', '100', '999', '1000', '50000'].map((n) => offerAt(screw, n))).toEqual([
      '0.035',
      '0.035',
      '0.033',
      '0.033',
      '0.03',
      '0.03',
    ])
  })

  it('is the discount on the list price where the book names none, to six places', () => {
    expect(offerAt({ price: null, steps: [], discountBp: 9_500, listPrice: '0.035' }, '1')).toBe('0.03325')
    expect(offerAt({ price: null, steps: [], discountBp: null, listPrice: '0.035' }, '1')).toBe('0.035')
  })

  it('is unknown where neither the book nor the list names one, until a step does', () => {
    const agreed = { price: null, steps: [{ fromQty: '10', price: '5' }], discountBp: 9_000, listPrice: null }
    expect([offerAt(agreed, '9'), offerAt(agreed, '10')]).toEqual([null, '5'])
  })

  it('never costs more a unit for more of it, whatever the steps say', () => {
    fc.assert(
      fc.property(offer, qty, qty, (one, a, b) => {
        const [less, more] = Number(a) < Number(b) ? [a, b] : [b, a]
        const [small, large] = [offerAt(one, less), offerAt(one, more)]
        if (small === null) return
        expect(priceUnits(large ?? '')).toBeLessThanOrEqual(priceUnits(small))
      }),
    )
  })

  it('is never above what the book says without steps', () => {
    fc.assert(
      fc.property(offer, qty, (one, n) => {
        const plain = offerAt({ ...one, steps: [] }, n)
        if (plain !== null) expect(priceUnits(offerAt(one, n) ?? '')).toBeLessThanOrEqual(priceUnits(plain))
      }),
    )
  })
})

describe('a book', () => {
  it('takes steps that rise in quantity and never in price, and ladders whose rates rise', () => {
    const ok = [
      { fromQty: '10', price: '3' },
      { fromQty: '20', price: '3' },
      { fromQty: '30', price: '2.5' },
    ]
    expect(priceSteps.safeParse(ok).success).toBe(true)
    for (const wrong of [
      [ok[1], ok[0]],
      [ok[0], ok[0]],
      [ok[2], { fromQty: '40', price: '2.6' }],
      [{ fromQty: '0', price: '3' }],
    ])
      expect(priceSteps.safeParse(wrong).success).toBe(false)
    const row = { productId: '0198a000-0000-7000-8000-000000000000', steps: ok, marginBp: null }
    expect(bookPriceInput.safeParse({ ...row, price: '3' }).success).toBe(true)
    expect(bookPriceInput.safeParse({ ...row, price: '2.9' }).success).toBe(false)
    expect(bookPriceInput.safeParse({ ...row, price: '0.000' }).success).toBe(false)
    expect(
      rebates.safeParse([
        { fromFen: 0, rateBp: 100 },
        { fromFen: 500, rateBp: 200 },
      ]).success,
    ).toBe(true)
    expect(
      rebates.safeParse([
        { fromFen: 100, rateBp: 200 },
        { fromFen: 500, rateBp: 100 },
      ]).success,
    ).toBe(false)
  })
})

describe('a price with another tax', () => {
  it('is the same price without tax', () => {
    expect(onFooting('1.13', 1300, { included: false, rateBp: 1300 })).toBe('1')
    expect(onFooting('1.13', 1300, { included: true, rateBp: 600 })).toBe('1.06')
    expect(onFooting('0.035', 1300, { included: true, rateBp: 1300 })).toBe('0.035')
    expect(onFooting('0.035', 1300, { included: true, rateBp: 0 })).toBe('0.030973')
  })

  it('comes back within a millionth, and keeps the order of prices', () => {
    const rate = fc.integer({ min: 0, max: 2_000 })
    fc.assert(
      fc.property(price, price, rate, rate, (a, b, taxBp, rateBp) => {
        const tax = { included: true, rateBp }
        const back = priceUnits(onFooting(onFooting(a, taxBp, tax), rateBp, { included: true, rateBp: taxBp }))
        const off = back - priceUnits(a)
        expect(off < 0n ? -off : off).toBeLessThanOrEqual(1n)
        if (priceUnits(a) <= priceUnits(b))
          expect(priceUnits(onFooting(a, taxBp, tax))).toBeLessThanOrEqual(priceUnits(onFooting(b, taxBp, tax)))
      }),
    )
  })
})
