import { describe, expect, it } from 'vitest'
import type { ApprovalView, VisitView } from '../../../../domain/quote/quote.contract.js'
import {
  decisionWords,
  freightWords,
  readWords,
  secondsWords,
  standingOf,
  taxWords,
  validWords,
  visitorWords,
} from './quote-words.js'

const NOW = Date.parse('2026-11-23T10:00:00+08:00')
const HOUR = 3_600_000
const iso = (ms: number) => new Date(NOW + ms).toISOString()

describe('how a quote stands', () => {
  const quote = { state: 'sent', version: 1, openedAt: null, validUntil: iso(48 * HOUR) } as const
  it.each([
    [{}, '还没打开'],
    [{ openedAt: iso(-HOUR) }, '客户看过'],
    [{ validUntil: iso(-1) }, '已过期'],
    [{ state: 'accepted', validUntil: iso(-1) }, '已确认'],
    [{ state: 'withdrawn' }, '已撤回'],
    [{ state: 'draft', version: 0 }, '还没发'],
  ] as const)('%j', (more, words) => {
    expect(standingOf({ ...quote, ...more }, NOW).words).toBe(words)
  })

  it('counts what is left in hours when it is little', () => {
    expect(validWords(iso(15 * 24 * HOUR + 5), NOW)).toBe('还有 15 天')
    expect(validWords(iso(5 * HOUR), NOW)).toBe('还剩 5 小时')
    expect(validWords(iso(-1), NOW)).toBe('已过期')
  })
})

describe('how it was read', () => {
  const visit = (more: Partial<VisitView>): VisitView => ({
    ...{ number: 1, code: 'AB12CD', who: null, device: 'iPhone · 微信', openedAt: iso(-2 * HOUR), lastAt: iso(-2 * HOUR) },
    ...{ opens: 1, seconds: 30, sections: {}, stoppedAt: null },
    ...more,
  })

  it('adds devices up, and says where the last one stopped', () => {
    expect(readWords({ visits: [] }, NOW)).toBe('客户还没打开')
    const visits = [visit({ opens: 2, seconds: 100, stoppedAt: 'lines' }), visit({ lastAt: iso(-HOUR / 2), stoppedAt: 'terms' })]
    expect(readWords({ visits }, NOW)).toBe('30 分钟前看过 · 共 3 次 · 看了 2 分 10 秒 · 停在付款条款')
  })

  it('takes a second device for a forwarded link, a known person for themselves', () => {
    expect(visitorWords(visit({}))).toBe('iPhone · 微信')
    expect(visitorWords(visit({ number: 2 }))).toBe('iPhone · 微信 · 第 2 台设备，可能是转发')
    expect(visitorWords(visit({ number: 2, who: '刘主任' }))).toBe('刘主任 · iPhone · 微信')
    expect([45, 60, 130, 3_780].map(secondsWords)).toEqual(['45 秒', '1 分钟', '2 分 10 秒', '1 小时 3 分'])
  })
})

it('says tax and freight as the customer reads them', () => {
  expect(taxWords({ included: true, rateBp: 1300 })).toBe('含税 13%')
  expect(taxWords({ included: false, rateBp: 600 })).toBe('未税，另加 6%')
  expect(taxWords({ included: true, rateBp: 0 })).toBe('不计税')
  expect(taxWords({ included: false, rateBp: 0 })).toBe('不计税')
  expect(freightWords({ how: 'fixed', fen: 12_000 })).toBe('运费 120.00 元')
  expect(freightWords({ how: 'collect', fen: 0 })).toBe('运费到付')
})

describe('a press on an approval', () => {
  const rep = { id: 'rep', name: '王磊', roles: [] }
  const boss = { id: 'boss', name: '李娜', roles: [] }
  const says = (more: Partial<ApprovalView>) =>
    decisionWords(
      { me: 'boss', approvals: [{ id: 'a', askedBy: rep, decidedBy: boss, ...more } as ApprovalView] },
      'a',
      'approve-quote',
    )

  it('is told as what became of it', () => {
    expect(says({ state: 'approved' })).toBe('同意了，已经告诉王磊')
    expect(says({ state: 'refused' })).toBe('李娜已经处理了')
    expect(says({ state: 'approved', decidedBy: { ...boss, id: 'other', name: '周敏' } })).toBe('周敏已经处理了')
    expect(says({ state: 'withdrawn' })).toBe('报价改过了，这次不用批了')
  })
})
