import { expect, it } from 'vitest'
import { gapWords, minutesWords } from './checkup-words.js'

it.each([
  [0.4, '不到 1 分钟'],
  [9.4, '9 分钟'],
  [90, '1.5 小时'],
  [600, '10 小时'],
])('%d minutes are %s', (minutes, words) => expect(minutesWords(minutes)).toBe(words))

it('says what is not known of somebody, and nothing when all is', () => {
  const span = { from: '2026-10-24', to: '2026-11-22' }
  const rep = {
    id: '',
    name: '',
    chats: 0,
    replyPercent: null,
    firstReplyMinutes: null,
    lost: 0,
    added: 0,
    known: span,
    why: null,
  }
  expect(gapWords(rep, span)).toBe(null)
  expect(gapWords({ ...rep, known: null }, span)).toBe('还没有取到数据')
  expect(gapWords({ ...rep, known: null, why: '应用没有此接口的权限' }, span)).toBe('应用没有此接口的权限')
  expect(gapWords({ ...rep, known: { from: '2026-11-01', to: '2026-11-22' } }, span)).toBe('只有 11月1日 以来的数据')
  expect(gapWords({ ...rep, known: { from: '2026-10-24', to: '2026-11-21' } }, span)).toBe(null)
  expect(gapWords({ ...rep, known: { from: '2026-10-24', to: '2026-11-20' } }, span)).toBe('数据到 11月20日')
  expect(gapWords({ ...rep, known: { from: '2026-10-24', to: '2026-11-20' }, why: '不行' }, span)).toBe(
    '11月20日 之后没有数据：不行',
  )
})
