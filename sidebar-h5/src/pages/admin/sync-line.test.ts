import { expect, it } from 'vitest'
import { directoryLine, skewLine, syncLine } from './sync-line.js'

const now = '2026-11-23T10:00:00+08:00'
const sync = { lastAt: '2026-11-23T05:40:00+08:00', waiting: 0, why: null, members: 3, contacts: 128 }

it.each([
  [{ ...sync, lastAt: null, members: 0, contacts: 0 }, '还没有同步过'],
  [{ ...sync, waiting: 2, contacts: 0 }, '正在同步'],
  [{ ...sync, waiting: 2 }, '正在同步，已有 128 位客户'],
  [sync, '3 位同事，128 位客户，05:40核对'],
])('%j', (view, line) => {
  expect(syncLine(view, now)).toBe(line)
})

it.each([
  [90, '本机时间与企业微信差 90 秒（本机快）'],
  [-25, '本机时间与企业微信差 25 秒（本机慢）'],
])('a clock that is %i seconds ahead', (seconds, line) => {
  expect(skewLine(seconds)).toBe(line)
})

const directory = { lastAt: '2026-11-23T05:40:00+08:00', waiting: 0, why: null, people: 12, teams: 3 }

it.each([
  [directory, '12 位同事，3 个部门，05:40核对'],
  [{ ...directory, teams: 0 }, '12 位同事，05:40核对'],
  [{ ...directory, waiting: 4 }, '正在更新'],
  [{ ...directory, lastAt: null, teams: 0 }, '12 位同事，还没有对过通讯录'],
])('the directory: %j', (view, line) => {
  expect(directoryLine(view, now)).toBe(line)
})
