import { describe, expect, it } from 'vitest'
import type { MessageView } from '../../../../domain/message/message.contract.js'
import { gistOf } from './gist-of.js'

const NOW = Date.parse('2026-11-23T10:00:00+08:00')
const said = (text: string, more: Partial<MessageView> = {}): MessageView => ({
  id: text,
  speaker: 'customer',
  name: '黄老板',
  text,
  saidAt: '2026-11-23T01:00:00Z',
  source: 'archive',
  revoked: false,
  finding: null,
  label: null,
  ...more,
})
const found = (after: string) =>
  said('数量改一下', {
    finding: {
      change: true,
      score: 0.9,
      types: ['功能增减'],
      slots: [{ field: 'quantity', item: null, before: null, after }],
      signals: [],
      spans: [],
    } as unknown as NonNullable<MessageView['finding']>,
  })

describe('gistOf', () => {
  it.each([
    [[said('检测报告一起寄过来')], '检测报告一起寄过来'],
    [[said('报价发我'), said('好的，马上', { speaker: 'rep' })], '报价发我'],
    [[said('报价发我'), said('收到，谢谢', {})], '收到，谢谢'],
    [[said('好的')], ''],
    [[said('谢谢王经理！')], ''],
    [[said('撤回的话', { revoked: true })], ''],
    [[said('很长的话'.repeat(20))], ''],
    [[], ''],
  ])('%#', (messages, gist) => {
    expect(gistOf(messages, NOW)).toBe(gist)
  })

  it('says what was found rather than how it was said, unless somebody said that it is none', () => {
    expect(gistOf([found('300 套')], NOW)).toBe('答复：数量300 套')
    expect(gistOf([{ ...found('300 套'), label: false }], NOW)).toBe('数量改一下')
  })
})
