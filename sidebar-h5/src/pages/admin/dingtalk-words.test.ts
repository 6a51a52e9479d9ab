import { expect, test } from 'vitest'
import { connectionLine, heardLine, peopleLine } from './dingtalk-words.js'

const now = Date.parse('2026-11-23T02:00:00Z')
const connected = {
  mode: 'stream' as const,
  streams: { standing: 2, wanted: 2, trouble: null },
  heard: { event: null, robot: '2026-11-23T01:57:00Z', press: null },
  cards: true,
  people: { dingtalk: 2, wecom: 5, both: 1, barred: [] },
  links: { home: '', phone: '', pc: '' },
}

test('no connection is trouble, fewer than wanted is said', () => {
  expect(connectionLine(connected)).toEqual({ ok: true, words: 'Stream 已连上 2 条，共 2 条' })
  expect(connectionLine({ ...connected, streams: { standing: 0, wanted: 2, trouble: 'x' } }).ok).toBe(false)
  expect(connectionLine({ ...connected, mode: 'http', streams: null })).toMatchObject({ ok: true, words: /HTTP/ })
})

test('what came in last, each by itself', () => {
  expect(heardLine(connected, now)).toBe('机器人消息 3 分钟前 · 卡片按钮 还没有 · 通讯录事件 还没有')
})

test('colleagues by where they are, without empty parts', () => {
  expect(peopleLine(connected)).toBe('两边都有 1 位，只在钉钉 2 位，只在企业微信 5 位')
  expect(peopleLine({ ...connected, people: { dingtalk: 0, wecom: 0, both: 0, barred: [] } })).toBe('还没有认出同事')
})
