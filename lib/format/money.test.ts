import { expect, test } from 'vitest'
import { formatMoney, formatMoneyShort } from './money.js'

test('exact money has thousands and two decimals', () => {
  expect(formatMoney(123450)).toBe('1,234.50 元')
  expect(formatMoney(0)).toBe('0.00 元')
  expect(formatMoney(5)).toBe('0.05 元')
  expect(formatMoney(-123456789)).toBe('-1,234,567.89 元')
  expect(formatMoney(900719925474099312n)).toBe('9,007,199,254,740,993.12 元')
})

test('short money is read in 万 and 亿, without trailing zeros', () => {
  expect(formatMoneyShort(8_500_000)).toBe('8.5 万')
  expect(formatMoneyShort(10_000_00)).toBe('1 万')
  expect(formatMoneyShort(123450)).toBe('1,234.5 元')
  expect(formatMoneyShort(123456_00)).toBe('12.35 万')
  expect(formatMoneyShort(1_2345_0000_00)).toBe('1.23 亿')
  expect(formatMoneyShort(-8_500_000)).toBe('-8.5 万')
})

test('rounding never shows 10,000 of a smaller unit', () => {
  expect(formatMoneyShort(9_999_999_999)).toBe('1 亿')
  expect(formatMoneyShort(9_950_0000_00)).toBe('9,950 万')
  expect(formatMoneyShort(999_999)).toBe('9,999.99 元')
})

test('a fraction of a 分 is a mistake of the caller', () => {
  expect(() => formatMoney(1.5)).toThrow(RangeError)
})
