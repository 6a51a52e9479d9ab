import { expect, test } from 'vitest'
import { formatClock, formatDay, formatDayShort, formatDuration, formatSince, isIsoDay } from './dates.js'

const now = '2026-11-21T10:00:00+08:00'

test('a day says its weekday, and its year only when it is another one', () => {
  expect(formatDay('2026-11-27', now)).toBe('11月27日 周五')
  expect(formatDay('2027-01-05', now)).toBe('2027年1月5日 周二')
  expect(formatDayShort('2026-12-04', now)).toBe('12月4日')
})

test('the wall clock is that of Shanghai wherever the code runs', () => {
  expect(formatDay('2026-11-20T16:30:00Z', now)).toBe('11月21日 周六')
  expect(formatClock('2026-11-20T16:05:00Z')).toBe('00:05')
})

test('since: near things in minutes, far things as dates', () => {
  expect(formatSince('2026-11-21T09:59:31+08:00', now)).toBe('刚刚')
  expect(formatSince('2026-11-21T10:00:40+08:00', now)).toBe('刚刚')
  expect(formatSince('2026-11-21T09:57:00+08:00', now)).toBe('3 分钟前')
  expect(formatSince('2026-11-21T08:20:00+08:00', now)).toBe('08:20')
  expect(formatSince('2026-11-20T14:20:00+08:00', now)).toBe('昨天 14:20')
  expect(formatSince('2026-11-18T14:20:00+08:00', now)).toBe('周三 14:20')
  expect(formatSince('2026-11-03T14:20:00+08:00', now)).toBe('11月3日 14:20')
  expect(formatSince('2025-11-03T14:20:00+08:00', now)).toBe('2025年11月3日 14:20')
})

test('yesterday is the day before in Shanghai, not 24 hours ago', () => {
  expect(formatSince('2026-11-20T23:10:00+08:00', '2026-11-21T00:20:00+08:00')).toBe('昨天 23:10')
})

test('durations keep two units at most', () => {
  expect(formatDuration(20_000)).toBe('不到 1 分钟')
  expect(formatDuration(12 * 60_000)).toBe('12 分钟')
  expect(formatDuration(60 * 60_000)).toBe('1 小时')
  expect(formatDuration((3 * 60 + 20) * 60_000)).toBe('3 小时 20 分')
  expect(formatDuration(51 * 3_600_000)).toBe('2 天 3 小时')
  expect(formatDuration(48 * 3_600_000)).toBe('2 天')
})

test('only a real calendar day is one', () => {
  expect(isIsoDay('2026-11-27')).toBe(true)
  expect(isIsoDay('2026-13-40')).toBe(false)
  expect(isIsoDay('2026-11-27/2026-12-01')).toBe(false)
  expect(isIsoDay('下周五')).toBe(false)
})
