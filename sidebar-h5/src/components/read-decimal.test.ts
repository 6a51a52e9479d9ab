import { describe, expect, it } from 'vitest'
import { fenText, readDecimal, readFen } from './read-decimal.js'

describe('readDecimal', () => {
  it.each([
    ['0.035', '0.035'],
    ['1,200', '1200'],
    ['１２。５', '12.5'],
    ['.5', '0.5'],
    ['12.', '12'],
    ['007', '7'],
    ['3.50 元', '3.5'],
    [' ', null],
    ['.', null],
    ['-3', null],
    ['1e3', null],
    ['0.1234567', null],
    ['1234567890', null],
  ])('%s → %s', (text, wanted) => {
    expect(readDecimal(text, 6)).toBe(wanted)
  })
})

describe('amounts', () => {
  it('come back as they were', () => {
    for (const fen of [0, 1, 50, 120_000, 99_999_999_999]) expect(readFen(fenText(fen))).toBe(fen)
    expect(fenText(120_050)).toBe('1200.5')
    expect(readFen('0.005')).toBeNull()
  })
})
