import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tidy } from './tidy.js'

it('drops NUL and halves of characters, keeps whole ones', () => {
  expect(tidy({ text: '好的\0👍', slots: [{ after: '👍'.slice(0, 1) }], n: 3, none: null })).toEqual({
    text: '好的👍',
    slots: [{ after: '' }],
    n: 3,
    none: null,
  })
})

it('leaves honest text and anything that is no text as it is', () => {
  const day = new Date()
  expect(tidy(day)).toBe(day)
  const honest = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))
  fc.assert(
    fc.property(honest, (text) => {
      expect(tidy(text)).toBe(text)
    }),
  )
})
