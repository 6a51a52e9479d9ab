import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readUtf8 } from './read-utf8.js'

describe('readUtf8', () => {
  it.each(['', 'a', '交期改成下周五吧，数量加到300套', '10×20 ² é', '👨‍👩‍👧 好', '\ufeff交', '\u07ff\u0800\uffff', '𠮷'])(
    'reads %j',
    (text) => {
      const bytes = Buffer.from(`<<${text}>>`)
      expect(readUtf8(bytes, 2, bytes.length - 2)).toBe(text)
    },
  )

  it('reads any bytes, whole UTF-8 or not, as toString does', () => {
    const parts = fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(text)),
        fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
        // Written too long, half of a pair, cut off, a byte that begins nothing.
        fc
          .constantFrom([0xc0, 0x80], [0xc1, 0xbf], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xe4, 0xba], [0xbf], [0xf5])
          .map((b) => Buffer.from(b)),
      ),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(parts, fc.nat(4), (list, skip) => {
        const bytes = Buffer.concat(list)
        const from = Math.min(skip, bytes.length)
        expect(readUtf8(bytes, from, bytes.length)).toBe(bytes.toString('utf8', from))
      }),
      { numRuns: 2_000 },
    )
  })
})
