import { expect, test } from 'vitest'
import { looksLikeChat } from './paste-text.js'

test('words of a customer are taken over at once, one sentence or a run of them', () => {
  expect(looksLikeChat('交期改成下周五吧，数量加到300套')).toBe(true)
  expect(looksLikeChat('刘主任 11-21 10:02\n数量加到300套')).toBe(true)
  expect(looksLikeChat('好的')).toBe(true)
})

test('what else may lie in a clipboard is shown first', () => {
  expect(looksLikeChat('')).toBe(false)
  expect(looksLikeChat('hunter2-Passw0rd!')).toBe(false)
  expect(looksLikeChat('https://example.com/文件/报价')).toBe(false)
  expect(looksLikeChat('6222021234567890123')).toBe(false)
  expect(looksLikeChat('字'.repeat(8001))).toBe(false)
})
