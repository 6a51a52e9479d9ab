import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNothing, readDay, readMoney, readPhones, readTier } from './read-values.js'

describe('phones', () => {
  it.each<[string, string[], boolean]>([
    ['13800138000', ['13800138000'], false],
    ['+86 138-0013-8000', ['13800138000'], false],
    ['138 0013 8000', ['13800138000'], false],
    ['13800138000/13900139000', ['13800138000', '13900139000'], false],
    ['13800138000、021-66668888', ['13800138000', '02166668888'], false],
    ['手机：13800138000', ['13800138000'], false],
    ['１３８００１３８０００', ['13800138000'], false],
    ['13800138000 13800138000', ['13800138000'], false],
    ['无', [], false],
    ['-', [], false],
    ['', [], false],
    ['12345', [], true],
    ['13800138000/123', ['13800138000'], true],
  ])('%s', (text, phones, wrong) => expect(readPhones(text)).toEqual({ phones, wrong }))
})

describe('days', () => {
  it.each([
    ['2026-3-5', '2026-03-05'],
    ['2026/03/05', '2026-03-05'],
    ['2026.3.5', '2026-03-05'],
    ['2026年3月5日', '2026-03-05'],
    ['20260305', '2026-03-05'],
    ['2026-03-05 14:20:00', '2026-03-05'],
    ['46086', '2026-03-05'],
    ['2026-02-31', null],
    ['去年', null],
    ['3月5日', null],
  ])('%s', (text, day) => expect(readDay(text)).toBe(day))
})

describe('sums', () => {
  it.each([
    ['1234.5', 123450n],
    ['￥12,300.50', 1230050n],
    ['1.2万', 1200000n],
    ['3千', 300000n],
    ['0.125', 13n],
    ['-500', -50000n],
    ['0', 0n],
    ['12300元', 1230000n],
    ['很多', null],
    ['1.2.3', null],
    ['99999999999999', null],
  ])('%s', (text, fen) => expect(readMoney(text)).toBe(fen))
  it('every sum of whole 分 comes back exactly', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1_000_000_000_000n }), (fen) => {
        const text = `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`
        expect(readMoney(text)).toBe(fen)
      }),
    )
  })
})

it.each([
  ['A', 'A'],
  ['b级', 'B'],
  ['Ｃ类客户', 'C'],
  ['VIP', null],
])('tier %s', (text, tier) => expect(readTier(text)).toBe(tier))

it.each(['-', '无', '暂无', '/', 'N/A', '——'])('%s is nothing', (text) => expect(isNothing(text)).toBe(true))
