import { expect, it } from 'vitest'
import { capitalMoney } from './capital-money.js'

it.each([
  [0, '零元整'],
  [5, '伍分'],
  [50, '伍角整'],
  [100, '壹元整'],
  [105, '壹元零伍分'],
  [1_050, '壹拾元伍角整'],
  [123_456, '壹仟贰佰叁拾肆元伍角陆分'],
  [10_000_00, '壹万元整'],
  [10_010_00, '壹万零壹拾元整'],
  [12_300_50, '壹万贰仟叁佰元伍角整'],
  [100_001_00, '壹拾万零壹元整'],
  [10_000_001_00, '壹仟万零壹元整'],
  [1_0000_0000_00, '壹亿元整'],
  [1_0000_5000_00, '壹亿零伍仟元整'],
  [1_0001_0000_00, '壹亿零壹万元整'],
  [1_0000_0000_0000_00n, '壹万亿元整'],
])('%s 分: %s', (fen, words) => expect(capitalMoney(fen)).toBe(words))

it('a negative amount is a mistake of the caller', () => expect(() => capitalMoney(-1)).toThrow(RangeError))
