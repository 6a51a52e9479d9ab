import { expect, it } from 'vitest'
import { formatTimeLeft, isSoonOver } from './time-left.js'

const HOUR = 3_600_000

it.each([
  [12 * 24 * HOUR + HOUR, '还有 12 天'],
  [24 * HOUR, '还有 1 天'],
  [24 * HOUR - 1, '还有 23 小时 59 分'],
  [HOUR, '还有 1 小时 0 分'],
  [HOUR - 1, '还有 60 分钟'],
  [1, '还有 1 分钟'],
  [0, '已到期'],
  [-HOUR, '已到期'],
])('%i ms: %s', (ms, words) => expect(formatTimeLeft(ms)).toBe(words))

it('is said in another colour from three days on', () => {
  expect([isSoonOver(72 * HOUR), isSoonOver(72 * HOUR - 1)]).toEqual([false, true])
})
