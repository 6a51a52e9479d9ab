import { createCipheriv, hash, timingSafeEqual } from 'node:crypto'
import { maxCallbackBytes } from './limit.js'
import { createOpener } from './open-cipher.js'
import { readUtf8 } from './read-utf8.js'
import { CallbackRefused } from './refused.js'

// One scheme for both platforms, byte for byte: https://developer.work.weixin.qq.com/document/path/90968 and
// https://open.dingtalk.com/document/development/callback-event-message-body-encryption-and-decryption

const block = 32
const head = 20

// Filled and read within one call, never across an await: what a message leaves to the collector costs as much as it does.
const signed = Buffer.alloc(2 * maxCallbackBytes)
const ours = Buffer.alloc(40)
const theirs = Buffer.alloc(40)

/** What callbacks of one configuration are sealed with, decoded once at start: a message costs no more than it must. */
export type Seal = {
  readonly token: string
  readonly key: Buffer
  readonly open: (sealed: string) => Buffer | null
  /** Whom the message is for: WeCom's receive id, DingTalk's owner key. */
  readonly owner: Buffer
  /** Opened messages are whole blocks of so many bytes. */
  readonly wholeBlocks: 16 | 32
}

type Settings = { where: string; token: string; aesKey: string; owner: string; wholeBlocks: 16 | 32 }

/** Throws when a setting can't be right; says which, not what it is. */
export function prepareSeal({ where, token, aesKey, owner, wholeBlocks }: Settings): Seal {
  if (!token) throw new Error(`${where}: the token is empty`)
  if (!/^[A-Za-z0-9+/]{43}$/.test(aesKey)) throw new Error(`${where}: EncodingAESKey must be 43 characters`)
  const key = Buffer.from(`${aesKey}=`, 'base64')
  return { token, key, open: createOpener(key), owner: Buffer.from(owner), wholeBlocks }
}

export type Signed = { timestamp: string; nonce: string; encrypt: string }

/** Lower-case hex SHA-1 over the four strings in dictionary order. */
export function sign(seal: Seal, { timestamp, nonce, encrypt }: Signed): string {
  let size = 0
  for (const part of [seal.token, timestamp, nonce, encrypt].sort()) size += signed.write(part, size)
  return hash('sha1', signed.subarray(0, size), 'hex')
}

/** Same length or not is no secret; which character differs is. */
export function isSigned(seal: Seal, signature: string, parts: Signed): boolean {
  if (signature.length !== 40) return false
  ours.write(sign(seal, parts), 'latin1')
  theirs.write(signature, 'latin1')
  return timingSafeEqual(ours, theirs)
}

/**
 * Opens what was signed. Checks the owner as well: the signature only proves that the sender knows the token, and one
 * provider may serve many organisations with the same token.
 */
export function decrypt(seal: Seal, encrypt: string): string {
  const plain = seal.open(encrypt)
  if (plain === null || plain.length % seal.wholeBlocks !== 0) throw new CallbackRefused('malformed', 'ciphertext')
  const end = plain.length - padding(plain)
  if (end < head) throw new CallbackRefused('undecryptable', 'too short')
  const messageEnd = head + plain.readUInt32BE(16)
  if (messageEnd > end) throw new CallbackRefused('undecryptable', 'length')
  if (!isOurs(seal, plain.subarray(messageEnd, end))) throw new CallbackRefused('foreign', 'receive id')
  // Neither XML nor JSON nor a text column has NUL. Looked for here, where it is a search among bytes.
  if (plain.indexOf(0, head) >= 0) throw new CallbackRefused('malformed', 'NUL')
  return readUtf8(plain, head, messageEnd)
}

function isOurs(seal: Seal, owner: Buffer): boolean {
  return owner.length === seal.owner.length && timingSafeEqual(owner, seal.owner)
}

/** The other direction, for replies. `random16` is 16 bytes of chance from the caller. */
export function encrypt(seal: Seal, message: string, random16: Uint8Array): string {
  const body = Buffer.from(message)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  const content = Buffer.concat([random16, length, body, seal.owner])
  const pad = block - (content.length % block)
  const cipher = createCipheriv('aes-256-cbc', seal.key, seal.key.subarray(0, 16))
  cipher.setAutoPadding(false)
  return Buffer.concat([cipher.update(content), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]).toString('base64')
}

function padding(plain: Buffer): number {
  const pad = plain[plain.length - 1] ?? 0
  if (pad < 1 || pad > block) throw new CallbackRefused('undecryptable', 'padding')
  for (let i = plain.length - pad; i < plain.length; i++) {
    if (plain[i] !== pad) throw new CallbackRefused('undecryptable', 'padding')
  }
  return pad
}
