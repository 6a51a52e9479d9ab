import { expect, it } from 'vitest'
import { markKeywords } from './hear.js'

const nothing = { change: false, score: 0.1, types: [], slots: [], spans: [] }

it("an administrator's own words mark what the understanding let pass, and show where", () => {
  expect(markKeywords(nothing, '这批要改模', ['改模'])).toEqual({
    ...nothing,
    change: true,
    score: 0.5,
    spans: [{ from: 3, to: 5, field: 'keyword' }],
  })
})

it('they take nothing away and add nothing to what was found', () => {
  const found = { ...nothing, change: true, score: 0.9 }
  expect(markKeywords(found, '这批要改模', ['改模'])).toBe(found)
  expect(markKeywords(nothing, '收到', ['改模'])).toBe(nothing)
})
