import { expect, test } from 'vitest'
import { standsNow } from './stands-now.js'

const plate = { name: '锁定钢板', spec: '7孔', qty: 200, unit: '套' }
const screw = { name: '空心螺钉', spec: null, qty: null, unit: null }

test('what stands before a change is read from the product that it is about', () => {
  const terms = { items: [plate, screw], delivery: '2026-12-17', budget: 85000, terms: null }
  expect(standsNow(terms, { field: 'quantity', item: '锁定钢板' })).toBe('200套')
  expect(standsNow(terms, { field: 'quantity', item: null })).toBeNull()
  expect(standsNow({ ...terms, items: [plate] }, { field: 'quantity', item: null })).toBe('200套')
  expect(standsNow(terms, { field: 'delivery', item: null })).toBe('2026-12-17')
  expect(standsNow(undefined, { field: 'budget', item: null })).toBeNull()
})
