import { createDecipheriv } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decrypt, encrypt, isSigned, sign } from '../sealed/seal.js'
import { prepareCallback } from './crypto.js'
import { type CallbackVector, vectors } from './fixtures/vectors.js'

const sealOf = (vector: CallbackVector) =>
  prepareCallback({ token: vector.token, aesKey: vector.aes_key, clientId: vector.owner_key, corpId: 'other' })[0]

describe('the platform’s own vectors', () => {
  it.each(vectors.callback_crypto)('$id: known by its signature, opened, and sealed again to the letter', (vector) => {
    const seal = sealOf(vector)
    const { timestamp, nonce } = vector
    expect(isSigned(seal, vector.signature, { timestamp, nonce, encrypt: vector.encrypt })).toBe(true)
    expect(sign(seal, { timestamp, nonce, encrypt: vector.encrypt })).toBe(vector.signature)
    expect(decrypt(seal, vector.encrypt)).toBe(vector.expect.plaintext)
    expect(encrypt(seal, vector.expect.plaintext, Buffer.from(vector.expect.random16))).toBe(vector.encrypt)
  })

  it('its block layer: AES-256-CBC with the key’s first half as the IV', () => {
    const { aes_key, encrypt: sealed, expect_unpadded_plain } = vectors.callback_raw_block_layer
    const key = Buffer.from(`${aes_key}=`, 'base64')
    const cipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16))
    expect(Buffer.concat([cipher.update(sealed, 'base64'), cipher.final()]).toString()).toBe(expect_unpadded_plain)
  })
})

describe('prepareCallback', () => {
  const settings = { token: 'mryue', aesKey: vectors.callback_crypto[1]?.aes_key ?? '', clientId: 'dingA', corpId: 'dingB' }

  it('says which setting is wrong and not what it is', () => {
    expect(() => prepareCallback({ ...settings, aesKey: 'tooShortSecret' })).toThrow(/EncodingAESKey/)
    expect(() => prepareCallback({ ...settings, aesKey: 'tooShortSecret' })).not.toThrow(/tooShortSecret/)
    expect(() => prepareCallback({ ...settings, token: '' })).toThrow(/token/)
  })

  it('knows two owners: the client id, and the corp id of an old subscription', () => {
    expect(prepareCallback(settings).map((seal) => seal.owner.toString())).toEqual(['dingA', 'dingB'])
  })
})
