import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { delivery, quantity } from '../../test/factories/cast.js'
import type { Slot } from '../message/message.contract.js'
import { foldTerms, living, noTerms, type Step } from './fold-terms.js'
import type { Terms } from './requirement.contract.js'

const plates: Terms = {
  items: [{ name: '锁定钢板', spec: '7孔', qty: 200, unit: '套' }],
  delivery: '2026-12-17',
  budget: 85000,
  terms: '月结 30 天',
}
const two: Terms = { ...noTerms, items: [...plates.items, { name: '空心钉', spec: null, qty: 50, unit: '颗' }] }
const slot = (field: Slot['field'], after: string | null, before: string | null = null, item: string | null = null): Slot => ({
  field,
  item,
  before,
  after,
})
const step = (n: number, slots: Slot[], rest: Partial<Step> = {}): Step => ({
  step: n,
  corrects: null,
  undone: false,
  slots,
  ...rest,
})
const fold = (start: Terms, ...slots: Slot[]) => foldTerms(start, [step(1, slots)])

describe('what one value does to the terms', () => {
  it.each<[string, Terms, Slot, Partial<Terms>]>([
    [
      'a quantity, of the only item',
      plates,
      quantity('300套'),
      { items: [{ name: '锁定钢板', spec: '7孔', qty: 300, unit: '套' }] },
    ],
    [
      'a quantity without unit keeps the old one',
      plates,
      quantity('300'),
      { items: [{ name: '锁定钢板', spec: '7孔', qty: 300, unit: '套' }] },
    ],
    [
      'a quantity of one of two',
      two,
      quantity('80 颗', null, '空心钉'),
      { items: [two.items[0], { ...two.items[1], qty: 80 }] as Terms['items'] },
    ],
    ['a quantity of one of two, nobody knows which', two, quantity('80'), two],
    ['a quantity that is no number', plates, quantity('很多'), plates],
    [
      'a quantity of something new',
      noTerms,
      quantity('50 箱', null, '螺栓'),
      { items: [{ name: '螺栓', spec: null, qty: 50, unit: '箱' }] },
    ],
    ['a delivery', plates, delivery('2026-11-27'), { delivery: '2026-11-27' }],
    ['a budget', plates, slot('budget', '80000'), { budget: 80000 }],
    ['a budget that is no number', plates, slot('budget', '便宜点'), { budget: 85000 }],
    ['terms of payment', plates, slot('terms', '款到发货'), { terms: '款到发货' }],
    [
      'a spec',
      plates,
      slot('spec', '8孔', '7孔', '锁定钢板'),
      { items: [{ ...plates.items[0], spec: '8孔' }] as Terms['items'] },
    ],
    [
      'a new item',
      plates,
      slot('item', '空心钉'),
      { items: [...plates.items, { name: '空心钉', spec: null, qty: null, unit: null }] },
    ],
    ['an item taken out', two, slot('item', null, '空心钉'), { items: plates.items }],
    [
      'an item renamed',
      plates,
      slot('item', '解剖钢板', '锁定钢板'),
      { items: [{ ...plates.items[0], name: '解剖钢板' }] as Terms['items'] },
    ],
    ['a price stays on the chain only', plates, slot('price', '3.2'), plates],
  ])('%s', (_what, start, one, changed) => expect(fold(start, one)).toEqual({ ...start, ...changed }))
})

describe('the chain', () => {
  it('later steps win', () => {
    expect(foldTerms(plates, [step(1, [quantity('300套')]), step(2, [quantity('400套')])]).items[0]?.qty).toBe(400)
  })

  it('a correction in the middle counts at the place of what it corrects, even corrected again', () => {
    const chain = [
      step(1, [quantity('300套')]),
      step(2, [delivery('2026-11-27'), quantity('350套')]),
      step(3, [delivery('2026-11-28')], { corrects: 1 }),
      step(4, [quantity('310套')], { corrects: 3 }),
    ]
    expect(living(chain).map((one) => one.step)).toEqual([4, 2])
    // The correction says nothing of a delivery; step 2 came after it and stands.
    expect(foldTerms(plates, chain)).toMatchObject({ delivery: '2026-11-27', items: [{ qty: 350 }] })
  })

  it('an undone correction gives back what it corrected', () => {
    const chain = [step(1, [quantity('300套')]), step(2, [quantity('30套')], { corrects: 1, undone: true })]
    expect(foldTerms(plates, chain).items[0]?.qty).toBe(300)
  })
})

const anySlot: fc.Arbitrary<Slot> = fc.oneof(
  fc.record({
    field: fc.constant('quantity' as const),
    item: fc.constantFrom(null, '锁定钢板', '空心钉', '螺栓'),
    before: fc.constant(null),
    after: fc.integer({ min: 1, max: 999 }).map((n) => `${n}套`),
  }),
  fc.record({
    field: fc.constantFrom('delivery' as const, 'terms' as const, 'spec' as const, 'budget' as const, 'item' as const),
    item: fc.constantFrom(null, '锁定钢板'),
    before: fc.constantFrom(null, '空心钉', '锁定钢板'),
    after: fc.constantFrom('2026-12-01', '80000', '螺栓', null),
  }),
)
const anyChain = fc
  .array(fc.tuple(fc.array(anySlot, { maxLength: 3 }), fc.boolean(), fc.nat()), { minLength: 1, maxLength: 8 })
  .map((parts) =>
    parts.map(([slots, undone, aim], i) => {
      // As in life: a correction goes to an earlier living step that nobody has corrected yet, or it is no correction.
      const corrects = i > 0 && aim % 3 === 0 ? (aim % i) + 1 : null
      return step(i + 1, slots, { undone, corrects })
    }),
  )
  .map((chain) => {
    const taken = new Set<number>()
    return chain.map((one) => {
      if (one.corrects === null || taken.has(one.corrects)) return { ...one, corrects: null }
      taken.add(one.corrects)
      return one
    })
  })

it('an undone step counts for exactly nothing, wherever it stands in the chain', () => {
  fc.assert(
    fc.property(anyChain, (chain) => {
      const never = chain.filter((one) => !one.undone)
      expect(foldTerms(plates, chain)).toEqual(foldTerms(plates, never))
    }),
  )
})

it('a correction equals having captured the right thing in the first place', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(anySlot, { maxLength: 3 }), { minLength: 1, maxLength: 6 }),
      fc.nat(),
      fc.array(anySlot),
      (all, aim, right) => {
        const at = aim % all.length
        const chain = all.map((slots, i) => step(i + 1, slots))
        const corrected = [...chain, step(all.length + 1, right, { corrects: at + 1 })]
        const rightAtOnce = chain.map((one, i) => (i === at ? { ...one, slots: right } : one))
        expect(foldTerms(plates, corrected)).toEqual(foldTerms(plates, rightAtOnce))
      },
    ),
  )
})
