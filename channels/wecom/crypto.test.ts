import { createCipheriv, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CallbackRefused } from '../sealed/refused.js'
import { decrypt, encrypt, isSigned, sign } from '../sealed/seal.js'
import { type PreparedCallback, prepareCallback } from './crypto.js'
import { readVectors, type Vector } from './fixtures/vectors.js'

function configOf(vector: Vector): PreparedCallback {
  return prepareCallback({
    name: 'app',
    token: vector.token,
    aesKey: vector.encoding_aes_key,
    receiveId: vector.receive_id,
  })
}

const settings = {
  name: 'app',
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiveId: 'wwb0100000000b0100',
}
const config = prepareCallback(settings)

function refusalOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof CallbackRefused) return error.reason
    throw error
  }
  return 'nothing was refused'
}

/** Seals bytes as they are, unpadded: what a broken or hostile sender that knows the key could send. */
function sealRaw(plain: Buffer): string {
  const cipher = createCipheriv('aes-256-cbc', config.key, config.key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64')
}

/** 16 of chance, a length, a message, a receive id, and then the padding that the test wants. */
function frame(parts: { length?: number; message?: string; receiveId?: string; pad: number[] }): Buffer {
  const message = Buffer.from(parts.message ?? 'hello')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(parts.length ?? message.length)
  return Buffer.concat([
    Buffer.alloc(16),
    length,
    message,
    Buffer.from(parts.receiveId ?? settings.receiveId),
    Buffer.from(parts.pad),
  ])
}

describe('published vectors', () => {
  it.each(readVectors('callback_post', 'url_verify_get', 'decrypt_only'))('opens $id', (vector) => {
    expect(decrypt(configOf(vector), vector.ciphertext)).toBe(vector.expected.message)
  })

  it.each(readVectors('callback_post', 'url_verify_get'))('knows the signature of $id', (vector) => {
    const parts = { timestamp: vector.timestamp, nonce: vector.nonce, encrypt: vector.ciphertext }
    expect(isSigned(configOf(vector), vector.msg_signature, parts)).toBe(true)
  })

  it.each(readVectors('url_verify_get_must_fail'))('refuses the signature of $id', (vector) => {
    const parts = { timestamp: vector.timestamp, nonce: vector.nonce, encrypt: vector.ciphertext }
    expect(isSigned(configOf(vector), vector.msg_signature, parts)).toBe(false)
  })

  it.each(readVectors('encrypt_fixed_random'))('seals $id to the letter', (vector) => {
    const sealed = encrypt(configOf(vector), vector.plaintext, Buffer.from(vector.random16))
    expect(sealed).toBe(vector.expected.ciphertext)
    if (vector.expected.msg_signature) {
      const parts = { timestamp: vector.timestamp, nonce: vector.nonce, encrypt: sealed }
      expect(sign(configOf(vector), parts)).toBe(vector.expected.msg_signature)
    }
  })
})

describe('decrypt', () => {
  it('gives back any text that was sealed, one after the other with one configuration', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => text.replaceAll('\0', '')),
          { maxLength: 4 },
        ),
        (messages) => {
          for (const message of messages) expect(decrypt(config, encrypt(config, message, randomBytes(16)))).toBe(message)
        },
      ),
    )
  })

  it('refuses any text with one byte flipped, and opens the next honest one', () => {
    const honest = encrypt(config, '<xml><MsgId>1</MsgId></xml>', Buffer.alloc(16, 7))
    const length = Buffer.from(honest, 'base64').length
    fc.assert(
      fc.property(fc.nat(length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const bytes = Buffer.from(honest, 'base64')
        bytes[at] = (bytes[at] ?? 0) ^ mask
        const sealed = bytes.toString('base64')
        const parts = { timestamp: '1', nonce: '2', encrypt: sealed }
        expect(isSigned(config, sign(config, { ...parts, encrypt: honest }), parts)).toBe(false)
        expect(decrypt(config, honest)).toBe('<xml><MsgId>1</MsgId></xml>')
      }),
    )
  })

  it('throws nothing but the refusal, whatever comes', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.uint8Array({ maxLength: 400 }).map((b) => Buffer.from(b).toString('base64')),
    )
    fc.assert(fc.property(anything, (text) => refusalOf(() => decrypt(config, text)) !== 'nothing was refused'))
  })

  it('refuses what is addressed to another corp', () => {
    for (const receiveId of ['wwfffffffffffffff', 'wwb0100000000b01000', 'wwb0100000000b010', '']) {
      const other = prepareCallback({ ...settings, receiveId })
      expect(refusalOf(() => decrypt(config, encrypt(other, 'x', randomBytes(16))))).toBe('foreign')
    }
  })

  it('takes an empty receive id for a robot, and only an empty one', () => {
    const robot = prepareCallback({ ...settings, receiveId: '' })
    expect(decrypt(robot, encrypt(robot, '{}', randomBytes(16)))).toBe('{}')
    expect(refusalOf(() => decrypt(robot, encrypt(config, '{}', randomBytes(16))))).toBe('foreign')
  })

  it('verifies every byte of the padding', () => {
    // 16 + 4 + 5 + 18 = 43 bytes: 21 to go.
    expect(decrypt(config, sealRaw(frame({ pad: Array(21).fill(21) })))).toBe('hello')
    for (const pad of [
      [...Array(20).fill(21), 20],
      [...Array(20).fill(0), 21],
      [20, ...Array(20).fill(21)],
      Array(21).fill(0),
      Array(21).fill(33),
      Array(21).fill(255),
    ]) {
      expect(refusalOf(() => decrypt(config, sealRaw(frame({ pad }))))).toBe('undecryptable')
    }
  })

  it('takes a full block of padding', () => {
    // 16 + 4 + 26 + 18 = 64 bytes.
    const message = 'abcdefghijklmnopqrstuvwxyz'
    expect(decrypt(config, sealRaw(frame({ message, pad: Array(32).fill(32) })))).toBe(message)
  })

  it('refuses a length that reaches beyond the content', () => {
    for (const length of [24, 4096, 0x7fffffff, 0xffffffff]) {
      expect(refusalOf(() => decrypt(config, sealRaw(frame({ length, pad: Array(21).fill(21) }))))).toBe('undecryptable')
    }
  })

  it('refuses NUL, which no text column takes', () => {
    expect(refusalOf(() => decrypt(config, encrypt(config, 'a\0b', Buffer.alloc(16))))).toBe('malformed')
  })

  it('refuses content that is all padding', () => {
    expect(refusalOf(() => decrypt(config, sealRaw(Buffer.alloc(32, 32))))).toBe('undecryptable')
  })

  it('refuses base64 that is not to the letter', () => {
    const sealed = encrypt(config, 'hello', Buffer.alloc(16))
    for (const text of ['', ` ${sealed}`, `${sealed}\n`, sealed.slice(0, -4), `${sealed.slice(0, 20)}!!!!${sealed.slice(24)}`]) {
      expect(refusalOf(() => decrypt(config, text))).toBe('malformed')
    }
  })
})

describe('isSigned', () => {
  const parts = { timestamp: '1409659813', nonce: '1372623149', encrypt: 'x' }

  it('refuses a signature of another length, another case, another token', () => {
    const signature = sign(config, parts)
    expect(isSigned(config, signature, parts)).toBe(true)
    expect(isSigned(config, signature.slice(1), parts)).toBe(false)
    expect(isSigned(config, `${signature}0`, parts)).toBe(false)
    expect(isSigned(config, signature.toUpperCase(), parts)).toBe(false)
    expect(isSigned(prepareCallback({ ...settings, token: 'other' }), signature, parts)).toBe(false)
  })
})

describe('prepareCallback', () => {
  it('says which setting is wrong and not what it is', () => {
    expect(() => prepareCallback({ ...settings, aesKey: 'tooShortSecret' })).toThrow(/EncodingAESKey/)
    expect(() => prepareCallback({ ...settings, aesKey: 'tooShortSecret' })).not.toThrow(/tooShortSecret/)
    expect(() => prepareCallback({ ...settings, token: '' })).toThrow(/token/)
  })
})
