import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Callback encryption [D 90968]: AES-256-CBC, IV = first half of the key, PKCS#7 to a multiple of 32 bytes. */
const BLOCK = 32

export function encrypt(aesKey: string, message: string, receiveId: string, random = randomBytes(16)): string {
  const { key, iv } = keyOf(aesKey)
  const body = Buffer.from(message)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  const plain = Buffer.concat([random, length, body, Buffer.from(receiveId)])
  const pad = BLOCK - (plain.length % BLOCK)
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), cipher.final()]).toString('base64')
}

export function decrypt(aesKey: string, encrypted: string): { message: string; receiveId: string } {
  const { key, iv } = keyOf(aesKey)
  const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()])
  const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0))
  const length = plain.readUInt32BE(16)
  return { message: plain.subarray(20, 20 + length).toString(), receiveId: plain.subarray(20 + length).toString() }
}

/** SHA-1 over the four parts in dictionary order. */
export function sign(token: string, timestamp: string, nonce: string, encrypted: string): string {
  return createHash('sha1').update([token, timestamp, nonce, encrypted].sort().join('')).digest('hex')
}

/** JS-SDK signature [D 90506]: the url without its fragment, nothing encoded. */
export function signPage(input: { ticket: string; nonce: string; timestamp: string; url: string }): string {
  return createHash('sha1')
    .update(`jsapi_ticket=${input.ticket}&noncestr=${input.nonce}&timestamp=${input.timestamp}&url=${input.url.split('#', 1)[0]}`)
    .digest('hex')
}

export const newSecret = (bytes = 32): string => randomBytes(bytes).toString('base64url')

function keyOf(aesKey: string): { key: Buffer; iv: Buffer } {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  return { key, iv: key.subarray(0, 16) }
}
