import { expect, test } from 'vitest'
import { dateWords, listWords, needsSeparator, separatorWords } from './chat-time.js'

const at = (iso: string) => Date.parse(iso)
const now = at('2026-11-21T18:40:00+08:00')

test('the clock is read in Shanghai, wherever the browser is', () => {
  expect(dateWords(at('2026-11-20T17:00:00Z'))).toBe('11月21日 周六')
  expect(separatorWords(at('2026-11-21T00:05:00+08:00'), now)).toBe('00:05')
})

test('a day begins at midnight in Shanghai, not after 24 hours', () => {
  const late = at('2026-11-20T23:59:00+08:00')
  expect(separatorWords(late, now)).toBe('昨天 23:59')
  expect(listWords(late, now)).toBe('昨天')
})

test('older words carry the weekday, then the date, then the year', () => {
  expect(separatorWords(at('2026-11-15T09:00:00+08:00'), now)).toBe('周日 09:00')
  expect(separatorWords(at('2026-11-14T09:00:00+08:00'), now)).toBe('11月14日 09:00')
  expect(separatorWords(at('2025-12-31T09:00:00+08:00'), now)).toBe('2025年12月31日 09:00')
  expect(listWords(at('2026-11-03T09:00:00+08:00'), now)).toBe('11/3')
  expect(listWords(at('2025-11-03T09:00:00+08:00'), now)).toBe('2025/11/3')
})

test('the time is repeated only after five minutes of silence', () => {
  expect(needsSeparator(now, undefined)).toBe(true)
  expect(needsSeparator(now, now - 5 * 60_000)).toBe(false)
  expect(needsSeparator(now, now - 5 * 60_000 - 1)).toBe(true)
})
