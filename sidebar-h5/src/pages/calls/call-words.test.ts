import { expect, it } from 'vitest'
import { callWords, otherSide } from './call-words.js'

it('says which way a call went and how it ended', () => {
  expect(callWords({ direction: 'out', outcome: 'connected', seconds: 65 })).toBe('打出去 · 接通 1分5秒')
  expect(callWords({ direction: 'in', outcome: 'missed', seconds: 0 })).toBe('打进来 · 没接')
  expect(callWords({ direction: 'out', outcome: null, seconds: null })).toBe('打出去 · 还没记结果')
})

it('names the other side as far as anybody knows it', () => {
  expect(otherSide({ contact: { id: 'c', name: '刘主任', customer: '仁济骨科' }, phone: '138****5678' })).toBe(
    '刘主任 · 仁济骨科',
  )
  expect(otherSide({ contact: null, phone: '138****5678' })).toBe('138****5678')
  expect(otherSide({ contact: null, phone: null })).toBe('没有显示号码')
})
