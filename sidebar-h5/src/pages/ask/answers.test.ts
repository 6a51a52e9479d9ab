import { expect, test } from 'vitest'
import { answerFrom, answersFor, togglePhrase } from './answers.js'

test('a card leads to its own answer, and only to one that fits the question', () => {
  expect(answerFrom('confirm-cannot', 'confirm')?.label).toBe('做不了')
  expect(answerFrom('assess-impact', 'confirm')).toBeNull()
  expect(answerFrom(null, 'assess')).toBeNull()
})

test('an answer that leaves the others with work asks for words', () => {
  const asking = [...answersFor('confirm'), ...answersFor('assess')].filter((one) => one.question).map((one) => one.verdict)
  expect(asking).toEqual(['conditional', 'cannot', 'impact'])
})

test('phrases join what was written, and go again', () => {
  expect(togglePhrase('', '要加急费')).toBe('要加急费')
  expect(togglePhrase('要加急费', '最快下下周')).toBe('要加急费，最快下下周')
  expect(togglePhrase('要加急费，最快下下周', '要加急费')).toBe('最快下下周')
  expect(togglePhrase('模具要改', '要加急费')).toBe('模具要改，要加急费')
})
