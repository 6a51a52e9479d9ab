import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitBySpans } from './segments.js'

const span = (from: number, to: number) => ({ from, to, field: 'quantity' })

test('what was found stands apart', () => {
  expect(splitBySpans('数量加到300套', [span(4, 8)])).toEqual([
    { text: '数量加到', found: false },
    { text: '300套', found: true },
  ])
})

test('overlapping and nested spans are one mark', () => {
  expect(splitBySpans('abcdef', [span(2, 5), span(1, 3), span(2, 3)])).toEqual([
    { text: 'a', found: false },
    { text: 'bcde', found: true },
    { text: 'f', found: false },
  ])
})

test('whatever the spans, no letter is lost or doubled and no piece is empty', () => {
  const spans = fc.array(
    fc.record({ from: fc.integer({ min: -5, max: 40 }), to: fc.integer({ min: -5, max: 40 }), field: fc.constant('x') }),
  )
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), spans, (text, found) => {
      const segments = splitBySpans(text, found)
      expect(segments.map((one) => one.text).join('')).toBe(text)
      expect(segments.every((one) => one.text.length > 0)).toBe(true)
    }),
  )
})
