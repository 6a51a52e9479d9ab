import { expect, test } from 'vitest'
import type { KeptFinding } from '../../../../domain/message/findings.contract.js'
import { verdictOf, whyWords } from './why-words.js'

const found = (part: Partial<KeptFinding>): KeptFinding => ({
  change: true,
  score: 0.9,
  types: [],
  slots: [],
  spans: [],
  ...part,
})
const why = (rules: number, net: number, kind = 'quantity') => ({ rules, net, kind })

test('says who decided', () => {
  expect(whyWords(found({ why: why(0.97, 0.7) }))).toBe('规则和模型都这么看：规则 0.97 · 模型 +0.70（像改数量）')
  expect(whyWords(found({ why: why(0.2, 0.7, 'unheard') }))).toBe('主要靠模型：规则 0.20 · 模型 +0.70')
  expect(whyWords(found({ why: why(0.8, -0.1) }))).toMatch(/^主要靠规则/)
  expect(whyWords(found({ change: false, why: why(0, -0.5) }))).toBe('规则 0.00 · 模型 -0.50（像改数量）')
  expect(whyWords(found({ spans: [{ from: 0, to: 1, field: 'keyword' }], why: why(0, 0) }))).toBe('命中关键词')
  expect(whyWords(found({}))).toBeNull()
})

test('says what it was taken for', () => {
  expect(verdictOf(null).words).toBe('没有判断')
  expect(verdictOf(found({}))).toEqual({ words: '疑似变更 0.90', tone: 'found' })
  expect(verdictOf(found({ change: false, score: 0.1 })).words).toBe('不像变更 0.10')
  expect(verdictOf(found({ change: false, need: { slots: [], spans: [] } })).words).toBe('新单')
})
