import { describe, expect, it } from 'vitest'
import { archiveRefusal } from './archive/errors.js'
import { refusalOf } from './errors.js'

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** Every code that the platform's pages name for the calls we make: what it has to become. */
const table = {
  retry: [-1, 6000, 41096, 42012, 45009, 45033, 45035],
  refresh: [40014, 41001, 42001],
  // An administrator must change something first.
  config: [
    ...[40001, 40013, 40056, 40093, 41002, 41004, 41011, 42015, 43012, 48001, 48002, 48006, 50001, 60011, 60020],
    ...[93000, 93004, 301002, 301042, 301052, 701008],
  ],
  'give-up': [
    ...[
      40003, 40008, 40029, 40050, 40058, 40063, 40068, 40071, 40096, 40097, 40098, 40099, 40100, 40128, 40129, 40130, 41050,
      41051, 42003,
    ],
    ...[42014, 42016, ...range(42017, 42020), 42022, ...range(42027, 42051), 42052, 44001, 44004, 45002, 45008, 49008],
    ...[60111, 81012, 81013, 82001, 84061, 84074, 84084, 86008, 90500, 90501, 93008, 600018],
  ],
}
const rows = Object.entries(table).flatMap(([kind, codes]) => codes.map((code) => ({ kind, code })))
const unknown = refusalOf('user/get', 999_999).hint

describe('refusalOf', () => {
  it.each(rows)('$code is for $kind, in words of its own', ({ kind, code }) => {
    const error = refusalOf('user/get', code)
    expect(error).toMatchObject({ code, kind, method: 'user/get', unknownOutcome: false })
    expect(error.hint).toMatch(/[一-龥]/)
    expect(error.hint).not.toBe(unknown)
  })

  it('gives up what it does not know: repeating it may do harm', () => {
    expect(refusalOf('user/get', 999_999)).toMatchObject({ kind: 'give-up', code: 999_999 })
  })

  it('reads some codes by the call that they answer', () => {
    for (const code of [42003, 42022]) expect(refusalOf('message/update_template_card', code).kind).toBe('code-used')
    expect(refusalOf('message/send', 42014).kind).toBe('already-sent')
  })
})

describe('archiveRefusal', () => {
  it.each([
    ...[10001, 10002, 10003, 10010, 10011].map((code) => ({ code, kind: 'retry' })),
    ...[10000, 10004, 10007, 10009].map((code) => ({ code, kind: 'config' })),
    ...[10005, 10006, 10008].map((code) => ({ code, kind: 'give-up' })),
  ])('the SDK’s $code is for $kind', ({ code, kind }) => {
    const error = archiveRefusal('GetChatData', code)
    expect(error).toMatchObject({ code, kind })
    expect(error.hint).not.toBe(unknown)
  })

  it('reads what the platform itself says in the SDK’s answer', () => {
    expect(archiveRefusal('GetChatData', 301052)).toMatchObject({ kind: 'config' })
  })
})
