import { expect, it } from 'vitest'
import { amountText, readAmount } from './read-amount.js'

it.each([
  ['', null],
  ['  ', null],
  ['8.5万', 8_500_000],
  ['８.５ 万元', 8_500_000],
  ['85000', 8_500_000],
  ['¥1,200 元', 120_000],
  ['3k', 300_000],
  ['0', 0],
  ['八万', undefined],
  ['-3', undefined],
  ['1e9', undefined],
  ['99999999999999', undefined],
])('%s', (text, fen) => expect(readAmount(text)).toBe(fen))

it.each([null, 0, 50, 123_456, 8_500_000, 1_234_567])('%s reads back as it was', (fen) =>
  expect(readAmount(amountText(fen))).toBe(fen),
)
