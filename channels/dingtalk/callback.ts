import { maxCallbackBytes } from '../sealed/limit.js'
import { CallbackRefused } from '../sealed/refused.js'
import { decrypt, encrypt, isSigned, type Seal, sign } from '../sealed/seal.js'
import { bodyOfEvent, type InboxBody } from './bodies.js'
import type { PreparedCallback } from './crypto.js'
import { readEnvelope } from './envelope.js'
import { fieldOf, isObject, type Json } from './fields.js'

/** As Koa gives it: a parameter that came twice is a list, and no honest call has one. */
export type CallbackQuery = Record<string, string | string[] | undefined>

export type OpenedCallback = {
  /** What to keep; null: the console only tries the address. */
  row: InboxBody | null
  /** What the answer has to say. */
  answer: string
  /** What it is to be sealed with. */
  seal: Seal
}

/**
 * Verify first, then decrypt, then ours?, and only then parse. Throws CallbackRefused and nothing else. There is no check of
 * the timestamp: a late retry is welcome, and the key knows a repeat.
 */
export function openCallback(
  prepared: PreparedCallback,
  request: { query: CallbackQuery; body: Buffer | string },
): OpenedCallback {
  const { query, body } = request
  if (body.length > maxCallbackBytes) throw new CallbackRefused('too-large', 'body')
  const sealed = readEnvelope(typeof body === 'string' ? body : body.toString('latin1'))
  const timestamp = verify(prepared[0], query, sealed)
  const { message, seal } = openWithAny(prepared, sealed)
  const told = parse(message)
  const answer = answerOf(told)
  const row = isTrial(told) ? null : bodyOfEvent(told, { message, sentAt: Number(timestamp) })
  return { row, answer, seal }
}

/** The platform's own samples read both names of either (DingTalk-Callback-Crypto, README). Returns the timestamp. */
function verify(seal: Seal, query: CallbackQuery, sealed: string): string {
  const signature = query.msg_signature ?? query.signature
  const timestamp = query.timestamp ?? query.timeStamp
  const { nonce } = query
  if (typeof signature !== 'string' || typeof timestamp !== 'string' || typeof nonce !== 'string')
    throw new CallbackRefused('signature', 'missing parameter')
  if (timestamp.length > 32 || nonce.length > 256) throw new CallbackRefused('signature', 'parameter length')
  if (!isSigned(seal, signature, { timestamp, nonce, encrypt: sealed })) throw new CallbackRefused('signature', 'mismatch')
  return timestamp
}

function openWithAny(seals: readonly Seal[], sealed: string): { message: string; seal: Seal } {
  let foreign = new CallbackRefused('foreign', 'owner key')
  for (const seal of seals) {
    try {
      return { message: decrypt(seal, sealed), seal }
    } catch (error) {
      if (!(error instanceof CallbackRefused) || error.reason !== 'foreign') throw error
      foreign = error
    }
  }
  throw foreign
}

function parse(message: string): Json {
  try {
    const told = JSON.parse(message)
    if (isObject(told)) return told
  } catch {
    // Not JSON at all: the same refusal.
  }
  throw new CallbackRefused('malformed', 'message')
}

const trials = new Set(['check_url', 'check_create_suite_url', 'check_update_suite_url'])
const isTrial = (told: Json) => trials.has(fieldOf(told, 'eventType'))

/** `success`, bare; the older trials of an address want their own word back. */
const answerOf = (told: Json) => (isTrial(told) && fieldOf(told, 'random')) || 'success'

export type Reply = { msg_signature: string; timeStamp: string; nonce: string; encrypt: string }

/**
 * What the platform wants within a second and a half: the sealed word, with a fresh timestamp (ms) and nonce.
 * https://open.dingtalk.com/document/development/callback-event-message-body-encryption-and-decryption
 */
export function sealReply(seal: Seal, answer: string, chance: { now: Date; nonce: string; random16: Uint8Array }): Reply {
  const timestamp = String(chance.now.getTime())
  const sealed = encrypt(seal, answer, chance.random16)
  const signature = sign(seal, { timestamp, nonce: chance.nonce, encrypt: sealed })
  return { msg_signature: signature, timeStamp: timestamp, nonce: chance.nonce, encrypt: sealed }
}
