import { expect, it } from 'vitest'
import { createSecrets } from './secret.js'

const key = 'k'.repeat(32)
const phones = createSecrets(key, 'contact-point')

it('opens what it sealed, and seals the same words differently each time', () => {
  const [a, b] = [phones.seal('13800138000'), phones.seal('13800138000')]
  expect(a).not.toBe(b)
  expect(a).not.toContain('138')
  expect([phones.open(a), phones.open(b)]).toEqual(['13800138000', '13800138000'])
})

it('opens nothing that was changed, sealed with another key, or for another purpose', () => {
  const sealed = phones.seal('13800138000')
  const [version, iv, tag, body = ''] = sealed.split('.')
  const changed = `${body[0] === 'A' ? 'B' : 'A'}${body.slice(1)}`
  expect(() => phones.open([version, iv, tag, changed].join('.'))).toThrow()
  expect(() => createSecrets('x'.repeat(32), 'contact-point').open(sealed)).toThrow()
  expect(() => createSecrets(key, 'other').open(sealed)).toThrow()
  expect(() => phones.open('13800138000')).toThrow('not sealed')
})

it('finds the same value by its keyed hash only', () => {
  expect(phones.hash('13800138000')).toBe(phones.hash('13800138000'))
  expect(phones.hash('13800138000')).not.toBe(createSecrets(key, 'other').hash('13800138000'))
})
