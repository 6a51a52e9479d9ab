import { expect, test } from 'vitest'
import { termsWords } from './terms.js'

const now = Date.parse('2026-11-21T10:00:00+08:00')
const plate = { name: '锁定钢板', spec: '7孔', qty: 200, unit: '套' }
const screw = { name: '空心螺钉', spec: null, qty: null, unit: null }

test('what is agreed is said in pieces, what isn’t known is left out', () => {
  expect(termsWords({ items: [plate], delivery: '2026-12-17', budget: 85000, terms: '月结 30 天' }, now)).toEqual([
    '200 套',
    '12月17日 周四交货',
    '预算 8.5 万',
    '月结 30 天',
  ])
  expect(termsWords({ items: [plate, screw], delivery: null, budget: null, terms: null }, now)).toEqual([
    '锁定钢板 7孔 200 套',
    '空心螺钉',
  ])
  expect(termsWords({ items: [], delivery: '月底前', budget: null, terms: null }, now)).toEqual(['月底前交货'])
})
