import { expect, it } from 'vitest'
import { formatLength } from './length.js'

it.each([
  [0, '0秒'],
  [59, '59秒'],
  [60, '1分'],
  [65, '1分5秒'],
  [3_600, '1小时'],
  [3_900, '1小时5分'],
])('%i seconds are %s', (seconds, words) => expect(formatLength(seconds)).toBe(words))
