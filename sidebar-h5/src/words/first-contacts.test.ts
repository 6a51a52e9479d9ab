import { describe, expect, it } from 'vitest'
import type { FirstContactView } from '../../../domain/first-contact/first-contact.contract.js'
import { cameWords, doneWords, leftWords, sourceWords } from './first-contacts.js'

const NOW = Date.parse('2026-11-27T18:00:00+08:00')
const inHours = (hours: number) => new Date(NOW + hours * 3_600_000).toISOString()

const one: FirstContactView = {
  id: 'f',
  contactId: 'c',
  name: '周总',
  state: 'open',
  source: 'add',
  channel: '广交会展位',
  at: inHours(-2),
  dueAt: inHours(22),
  rep: { id: 'r', name: '王磊' },
  proposed: null,
  until: null,
  joined: null,
  opportunity: null,
  title: '周总',
}

describe('the clock', () => {
  it.each([
    [22, '还剩 22 小时', 'plain'],
    [3.9, '还剩 3 小时', 'found'],
    [0.4, '还剩 24 分钟', 'found'],
    [0.001, '还剩 1 分钟', 'found'],
    [-3.2, '已超 3 小时', 'bad'],
    [-50, '已超 2 天', 'bad'],
    [72, '周一 18:00 前', 'plain'],
    [78, '周一之内', 'plain'],
    [30, '明天之内', 'plain'],
  ])('%s hours from now: %s', (hours, words, tone) => {
    expect(leftWords(inHours(hours), NOW)).toEqual({ words, tone })
  })
  it('says nothing where none runs', () => expect(leftWords(null, NOW)).toBeNull())
})

it('says how they came, when, and by which channel', () => {
  expect(cameWords(one, NOW)).toBe('加了好友 · 16:00 · 广交会展位')
  expect(cameWords({ ...one, source: 'call', channel: null }, NOW)).toBe('打来电话 · 16:00')
})

it.each([
  ['add', '广交会展位', '加好友 · 广交会展位'],
  ['call', null, '来电'],
  ['老客户介绍', '广交会展位', '老客户介绍'],
  [null, null, ''],
])('来源 %s by %s: %s', (source, channel, words) => expect(sourceWords(source, channel)).toBe(words))

it('says what became of them, and nothing while nothing did', () => {
  const words = (more: Partial<FirstContactView>) => doneWords({ ...one, ...more }, NOW)
  expect(words({})).toBeNull()
  expect(words({ state: 'known' })).toBeNull()
  const opportunity = { id: 'o', number: 12, title: '周总', source: null, stage: null, amountFen: null }
  expect(words({ state: 'opportunity', opportunity })).toBe('已建商机 12')
  expect(words({ state: 'joined', joined: { id: 'k', name: '华强五金' } })).toBe('已加入华强五金')
  expect(words({ state: 'nurturing', until: '2026-12-01' })).toBe('先养着，12月1日 周二再提醒')
  expect(words({ state: 'not_customer' })).toBe('记下了，不是客户')
})
