import { describe, expect, it } from 'vitest'
import type { NextStep, ReminderRow } from '../../../domain/reminders/reminder.contract.js'
import { nextWords, sinceWords, toldWords, wayWords } from './reminders.js'

const NOW = Date.parse('2026-11-23T14:00:00+08:00')
const zhao = { id: 'zhao', name: '赵强' }
const lina = { id: 'lina', name: '李娜' }
const step = (at: string, people: NextStep['people'], more: Partial<NextStep> = {}): NextStep => ({
  level: 0,
  at: `${at}:00+08:00`,
  people,
  route: [['chat']],
  why: null,
  noted: false,
  ...more,
})
const row = (more: Partial<ReminderRow> = {}): ReminderRow => ({
  id: 'r',
  kind: 'k',
  label: '需求变更待答复',
  title: '仁济骨科医院还在等确认',
  customer: '仁济骨科医院',
  holder: zhao,
  done: null,
  settledAt: null,
  since: '2026-11-23T10:00:00+08:00',
  target: null,
  began: true,
  followedBy: null,
  claimedBy: null,
  next: [step('2026-11-23T16:00', [zhao]), step('2026-11-24T10:00', [lina])],
  acts: [],
  page: null,
  taskId: null,
  ...more,
})

describe('what comes next', () => {
  it.each([
    ['zhao', row(), '今天 16:00 会再提醒你，明天 10:00 告诉李娜'],
    ['lina', row(), '今天 16:00 会再提醒赵强，明天 10:00 告诉你'],
    ['zhao', row({ began: false, next: [step('2026-11-25T09:00', [zhao])] }), '周三 09:00 会提醒你'],
    ['zhao', row({ next: [step('2026-11-24T10:00', [lina], { noted: true })] }), '明天 10:00 记下（试运行，不打扰李娜）'],
    ['zhao', row({ followedBy: '赵强', next: [step('2026-11-24T18:00', [lina])] }), '赵强在跟进，明天 18:00 告诉李娜'],
    ['zhao', row({ next: [] }), '不会再催了，办完记得说一声'],
    ['zhao', row({ next: [], taskId: 't' }), '提醒过了，办完点一下左边的圈'],
    ['zhao', row({ claimedBy: '赵强' }), '已处理，等上级确认'],
    ['zhao', row({ settledAt: '2026-11-23T13:00:00+08:00' }), '已了结'],
  ])('for %s: %#', (me, of, words) => {
    expect(nextWords(of, me, NOW)).toBe(words)
  })
})

it('says how long it has waited, or when it comes', () => {
  expect(sinceWords(row(), NOW)).toBe('等了 4 小时')
  expect(sinceWords(row({ began: false, target: '2026-11-24T09:00:00+08:00' }), NOW)).toBe('明天 09:00')
})

it('claims no more than a channel can prove', () => {
  const way = { channel: 'wecom' as const, state: 'submitted' as const, reason: null, at: null, seenAt: null }
  expect(wayWords(way).words).toBe('企业微信：已提交')
  expect(wayWords({ ...way, seenAt: '2026-11-23T10:00:00Z' }).words).toBe('企业微信：已提交，之后活跃过')
  expect(wayWords({ ...way, channel: 'sms', state: 'delivered' }).words).toBe('短信：已送达')
  expect(wayWords({ ...way, state: 'failed', reason: '不在可见范围' }).words).toBe('企业微信：没送达（不在可见范围）')
  expect(wayWords({ ...way, channel: 'mail', state: 'off', reason: '没有邮箱' }).words).toBe('邮件：未开通（没有邮箱）')
})

it('says why it was held back', () => {
  const told = { person: zhao, state: 'waiting' as const, why: 'cap', at: '2026-11-23T17:40:00+08:00', ways: [] }
  expect(toldWords(told, NOW)).toBe('当天已经够多，放进汇总，今天 17:40 说')
  expect(toldWords({ ...told, state: 'would', why: 'trial' }, NOW)).toBe('试运行：只记下，不打扰')
  expect(toldWords({ ...told, state: 'said', why: null }, NOW)).toBe(null)
})
