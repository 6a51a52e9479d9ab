import { expect, it } from 'vitest'
import { percent, rateWords, roundPercent, weekLabel } from './leak-words.js'

it.each([
  [0, 0, '–'],
  [0, 40, '0%'],
  [5, 40, '12.5%'],
  [1, 3, '33.3%'],
  [40, 40, '100%'],
  [1, 100_000, '不到 0.1%'],
  [99_999, 100_000, '99.9%'],
  [4, 40, '10%'],
  [21, 1000, '2.1%'],
])('%i of %i is %s', (part, all, words) => expect(percent(part, all)).toBe(words))

it.each([
  [0, 0, '–'],
  [0, 9, '0%'],
  [1, 1000, '1%'],
  [1, 3, '33%'],
  [999, 1000, '99%'],
  [9, 9, '100%'],
])('in a cell %i of %i is %s', (part, all, words) => expect(roundPercent(part, all)).toBe(words))

it.each([
  [0, 0, '还没有满 24 小时的新客户'],
  [0, 8, '8 位新客户，24 小时内都有了着落'],
  [2, 8, '8 位新客户里，2 位过了 24 小时没有商机，也没说去向'],
])('%i leaked of %i in words', (leaked, all, words) => expect(rateWords({ leaked, all })).toBe(words))

it('names a week by its Monday', () => expect(weekLabel('2026-11-02')).toBe('11.2'))
