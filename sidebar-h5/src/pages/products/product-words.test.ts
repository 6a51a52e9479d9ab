import { expect, it } from 'vitest'
import { marginWords, priceWords, stockWords } from './product-words.js'

it('a screw of three and a half 分 is said exactly, what has no price is agreed on', () => {
  expect(priceWords({ price: '0.035000', unit: '个' })).toBe('0.035 元/个')
  expect(priceWords({ price: '1280', unit: '套' })).toBe('1,280.00 元/套')
  expect(priceWords({ price: null, unit: '台' })).toBe('面议')
})

it('none left is not the same as nobody counts', () => {
  expect(stockWords({ stock: '1200000.500', unit: '只' })).toBe('库存 1,200,000.5 只')
  expect(stockWords({ stock: '0.000', unit: '只' })).toBe('没有库存')
  expect(stockWords({ stock: null, unit: '只' })).toBe('')
})

it('a margin of the list price, below nothing too; unknown without a cost', () => {
  expect(marginWords({ price: '0.035', cost: '0.028' })).toBe('20%')
  expect(marginWords({ price: '1', cost: '1.25' })).toBe('-25%')
  expect(marginWords({ price: null, cost: '1' })).toBeNull()
})
