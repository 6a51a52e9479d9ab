import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'

/**
 * Event encryption [callback-event-message-body-encryption-and-decryption]: AES-256-CBC, IV = first half of the key, PKCS#7 to
 * a multiple of 32 bytes (all of the official examples; samples in Go and Rust pad to 16).
 */
const BLOCK = 32

/** 16 random bytes, the length in 4, the message, whose it is. */
export function encrypt(aesKey: string, message: string, ownerKey: string, random = randomBytes(16)): string {
  const body = Buffer.from(message)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  return encryptBlocks(aesKey, Buffer.concat([random, length, body, Buffer.from(ownerKey)]))
}

export function encryptBlocks(aesKey: string, plain: Buffer): string {
  const { key, iv } = keyOf(aesKey)
  const pad = BLOCK - (plain.length % BLOCK)
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), cipher.final()]).toString('base64')
}

/** Throws when it isn't a message under this key. */
export function decrypt(aesKey: string, encrypted: string): { message: string; ownerKey: string; random: Buffer } {
  const { key, iv } = keyOf(aesKey)
  const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()])
  const pad = padded.at(-1) ?? 0
  if (pad < 1 || pad > BLOCK) throw new Error(`padding of ${pad}`)
  const plain = padded.subarray(0, padded.length - pad)
  const end = 20 + plain.readUInt32BE(16)
  if (end > plain.length) throw new Error('shorter than it says')
  return { random: plain.subarray(0, 16), message: plain.subarray(20, end).toString(), ownerKey: plain.subarray(end).toString() }
}

/** SHA-1 over the four parts in dictionary order. */
export function sign(token: string, timestamp: string, nonce: string, encrypted: string): string {
  return createHash('sha1').update([token, timestamp, nonce, encrypted].sort().join('')).digest('hex')
}

/** Of a message to the robot [receive-message]. */
export const signRobot = (appSecret: string, timestamp: string): string => hmac(appSecret, `${timestamp}\n${appSecret}`)

/** Of a pressed card [event-callback-card]. */
export const signCard = (apiSecret: string, timestamp: string): string => hmac(apiSecret, timestamp)

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('base64')

function keyOf(aesKey: string): { key: Buffer; iv: Buffer } {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  return { key, iv: key.subarray(0, 16) }
}
