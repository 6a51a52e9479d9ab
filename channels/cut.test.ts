import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutBytes, cutChars, cutJson } from './cut.js'

const text = fc.string({ unit: 'grapheme', maxLength: 60 })

describe('cutChars', () => {
  it('keeps what fits and cuts the rest with an ellipsis that counts', () => {
    expect(cutChars('数量改成300套', 8)).toBe('数量改成300套')
    expect(cutChars('数量改成300套吧', 8)).toBe('数量改成300…')
  })

  it('never cuts a character in two', () => {
    expect(cutChars('👨‍👩‍👧👍🏽𠮷好', 3)).toBe('👨‍👩‍👧👍🏽…')
  })

  it('counts a text of long characters by what a person sees', () => {
    expect(cutChars('👨‍👩‍👧👍🏽𠮷', 3)).toBe('👨‍👩‍👧👍🏽𠮷')
  })
})

describe('cutBytes', () => {
  it('stays within the limit, whatever the text, and says when it cut', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 3, max: 80 }), (said, max) => {
        const cut = cutBytes(said, max)
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(max)
        expect(cut).not.toContain('\uFFFD')
        if (cut !== said) expect(cut.endsWith('…') && said.startsWith(cut.slice(0, -1))).toBe(true)
      }),
    )
  })

  it('cuts Chinese at three bytes a character', () => {
    expect(cutBytes('一二三四', 12)).toBe('一二三四')
    expect(cutBytes('一二三四', 11)).toBe('一二…')
  })
})

describe('cutJson', () => {
  it('stays within the limit as JSON, whatever signs are written longer there', () => {
    const signs = fc.string({ unit: fc.constantFrom('长', '"', '\\', '\u0007', '👍🏽', 'a', '\n'), maxLength: 60 })
    fc.assert(
      fc.property(signs, fc.integer({ min: 3, max: 80 }), (said, max) => {
        const cut = cutJson(said, max)
        expect(Buffer.byteLength(JSON.stringify(cut)) - 2).toBeLessThanOrEqual(max)
        if (cut !== said) expect(cut.endsWith('…')).toBe(true)
      }),
    )
  })

  it('takes all that there is room for', () => {
    expect(cutJson('"长长"', 10)).toBe('"长长"')
    expect(cutJson('"长长"', 9)).toBe('"长…')
  })
})
