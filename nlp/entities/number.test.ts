import { describe, expect, it } from 'vitest'
import { readNumber, readSpread } from './number.js'

describe('readNumber', () => {
  it.each([
    ['300', 300],
    ['1,200套', 1200],
    ['3万5', 35_000],
    ['3万5千', 35_000],
    ['三万五', 35_000],
    ['一千五', 1500],
    ['一千零五', 1005],
    ['二百五', 250],
    ['二十三', 23],
    ['二十三万八', 238_000],
    ['两千三百五十', 2350],
    ['百八十', 180],
    ['10w', 100_000],
    ['5k', 5000],
    ['8.5万', 85_000],
    ['八点五万', 85_000],
    ['3 万', 30_000],
    ['1.2亿', 120_000_000],
    ['二零二六', 2026],
    ['三十来箱', 30],
    ['十来万', 100_000],
    ['两', 2],
  ])('%s is %d', (text, value) => {
    expect(readNumber(text, 0)?.value).toBe(value)
  })

  it.each([
    ['五六万', 50_000, 60_000],
    ['三五百', 300, 500],
    ['二三十', 20, 30],
    ['十五六', 15, 16],
    ['十几个', 10, 19],
    ['5-6万', 50_000, 60_000],
    ['50~100', 50, 100],
    ['五百到六百', 500, 600],
  ])('%s runs from %d to %d', (text, value, max) => {
    expect(readSpread(text, 0)).toMatchObject({ value, max })
  })

  it.each(['万', '千', '百', '个', ''])('%s alone is no number', (text) => {
    expect(readNumber(text, 0)).toBeNull()
  })

  it('leaves a unit of weight or power to its letters', () => {
    expect(readNumber('10kg', 0)).toMatchObject({ value: 10, end: 2 })
    expect(readNumber('5kw', 0)).toMatchObject({ value: 5, end: 1 })
  })

  it('does not take 「从200到300」 for a spread', () => {
    expect(readSpread('从200到300', 1)).toMatchObject({ value: 200, max: null })
  })
})
