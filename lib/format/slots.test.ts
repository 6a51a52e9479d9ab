import { expect, test } from 'vitest'
import { slotLabel, slotValue } from './slots.js'

const now = '2026-11-21T10:00:00+08:00'

test('a date, a range and a vague day', () => {
  expect(slotValue('delivery', '2026-11-27', now)).toBe('11月27日')
  expect(slotValue('delivery', '2026-11-27/2026-12-01', now)).toBe('11月27日～12月1日')
  expect(slotValue('delivery', '尽快', now)).toBe('尽快')
})

test('money reads in 万, unit prices keep their decimals', () => {
  expect(slotValue('budget', '85000', now)).toBe('8.5 万')
  expect(slotValue('price', '12.5', now)).toBe('12.5 元')
  expect(slotValue('price', '0.035', now)).toBe('0.035 元')
  expect(slotValue('budget', '八万左右', now)).toBe('八万左右')
})

test('a quantity breathes before its unit', () => {
  expect(slotValue('quantity', '300套', now)).toBe('300 套')
  expect(slotValue('quantity', '300 套', now)).toBe('300 套')
  expect(slotLabel('quantity')).toBe('数量')
})
