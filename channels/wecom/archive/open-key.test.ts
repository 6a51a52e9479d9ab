import { constants, generateKeyPairSync, publicEncrypt, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openRandomKey } from './open-key.js'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const seal = (text: string | Buffer) =>
  publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(text)).toString('base64')
/** RSA of a whole block as it is: any padding, right or wrong. */
const sealBlock = (block: Buffer) =>
  publicEncrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, block).toString('base64')
const block = (fill: (bytes: Buffer) => void) => {
  const bytes = Buffer.alloc(256, 7)
  bytes.set([0, 2])
  fill(bytes)
  return sealBlock(bytes)
}

describe('openRandomKey', () => {
  it('opens what OpenSSL padded, of any length that fits', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 80 }), (text) => openRandomKey(privateKey, seal(text)) === text),
      { numRuns: 30 },
    )
    expect(openRandomKey(privateKey, seal('k'.repeat(245)))).toBe('k'.repeat(245))
  })

  it.each([
    ['another block type', block((b) => b.set([0, 1, ...Array(8).fill(7), 0]))],
    ['a first byte that is not zero', block((b) => b.set([1, 2, ...Array(8).fill(7), 0]))],
    ['too little padding', block((b) => b.set([0, 2, ...Array(7).fill(7), 0]))],
    ['no separator', block(() => {})],
  ])('refuses %s', (_, sealed) => {
    expect(openRandomKey(privateKey, sealed)).toBeNull()
  })

  it('takes the first zero for the separator', () => {
    const sealed = block((b) => {
      b.set([0], 100)
      b.write('a\0b', 101)
    })
    expect(openRandomKey(privateKey, sealed)?.startsWith('a\0b')).toBe(true)
  })

  it('refuses what is for another key, and what is no ciphertext', () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
    expect(openRandomKey(other.privateKey, seal('key'))).not.toBe('key')
    expect(openRandomKey(privateKey, randomBytes(300).toString('base64'))).toBeNull()
    expect(openRandomKey(privateKey, '')).toBeNull()
    expect(openRandomKey(privateKey, 'not base64 at all !')).toBeNull()
  })
})
