import { expect, it } from 'vitest'
import { readNumber } from './read-number.js'

it.each<[string, number]>([
  ['1', 1],
  ['２', 2],
  ['③', 3],
  ['二', 2],
  ['第二个', 2],
  ['选1吧', 1],
  ['我选 2。', 2],
  ['1.', 1],
])('%s is %d', (text, number) => expect(readNumber(text)).toBe(number))

it.each(['12', '1箱', '要2套', '查1', '一下', '第一批', '0', ''])('%s says more, or nothing', (text) =>
  expect(readNumber(text)).toBeNull(),
)
