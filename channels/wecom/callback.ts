import { hash } from 'node:crypto'
import { maxCallbackBytes } from '../sealed/limit.js'
import { CallbackRefused } from '../sealed/refused.js'
import { decrypt, isSigned } from '../sealed/seal.js'
import type { PreparedCallback } from './crypto.js'
import { readEnvelope } from './envelope.js'
import { parseXml, textOf, type XmlFields } from './xml.js'

/** As Koa gives it: a parameter that came twice is a list, and no honest call has one. */
export type CallbackQuery = Record<string, string | string[] | undefined>

export type OpenedCallback = {
  /** The decrypted XML, as the platform wrote it. */
  message: string
  /** The same thing told twice has the same key; two things never share one. */
  key: string
  /** Rows of one lane are handled in order. */
  lane: string
}

/** Answers the URL check: these words, bare, within a second. https://developer.work.weixin.qq.com/document/path/90930 */
export function openEchostr(config: PreparedCallback, query: CallbackQuery): string {
  const echostr = query.echostr
  if (typeof echostr !== 'string' || echostr === '') throw new CallbackRefused('malformed', 'echostr')
  if (echostr.length > 4096) throw new CallbackRefused('too-large', 'echostr')
  verify(config, query, echostr)
  return decrypt(config, echostr)
}

/**
 * Verify first, then decrypt, then ours?, and only then parse. Throws CallbackRefused and nothing else.
 * There is no check of the timestamp: a late retry is welcome, and the key knows a repeat.
 */
export function openCallback(config: PreparedCallback, request: { query: CallbackQuery; body: Buffer | string }): OpenedCallback {
  const { query, body } = request
  if (body.length > maxCallbackBytes) throw new CallbackRefused('too-large', 'body')
  const encrypt = readEnvelope(typeof body === 'string' ? body : body.toString('latin1'))
  verify(config, query, encrypt)
  const message = decrypt(config, encrypt)
  const fields = parseXml(message)
  return { message, key: keyOf(config, message, fields), lane: laneOf(fields) }
}

function verify(config: PreparedCallback, query: CallbackQuery, encrypt: string): void {
  const { msg_signature: signature, timestamp, nonce } = query
  if (typeof signature !== 'string' || typeof timestamp !== 'string' || typeof nonce !== 'string') {
    throw new CallbackRefused('signature', 'missing parameter')
  }
  if (timestamp.length > 32 || nonce.length > 256) throw new CallbackRefused('signature', 'parameter length')
  if (!isSigned(config, signature, { timestamp, nonce, encrypt })) throw new CallbackRefused('signature', 'mismatch')
}

/**
 * Messages carry a MsgId. Events don't, and the platform's advice (FromUserName + CreateTime) takes two different events
 * of one second for one; their whole text tells them apart, and a retry repeats it to the letter.
 */
function keyOf(config: PreparedCallback, message: string, fields: XmlFields): string {
  const messageId = textOf(fields, 'MsgId')
  const isUsable = messageId !== '' && messageId.length <= 128
  return `wecom:${config.name}:${isUsable ? `id:${messageId}` : `sha256:${hash('sha256', message, 'hex')}`}`
}

/**
 * A chat with a customer is a lane (colleague and customer), so is a customer group, the archive, and else the person.
 * WeCom's userids mean the same in either case (https://developer.work.weixin.qq.com/document/path/90236).
 */
export function laneOf(fields: XmlFields): string {
  const member = textOf(fields, 'UserID').toLowerCase()
  const customer = textOf(fields, 'ExternalUserID')
  if (customer) return `wecom:chat:${member}:${customer}`
  const group = textOf(fields, 'ChatId')
  if (group) return `wecom:group:${group}`
  const event = textOf(fields, 'Event')
  if (event === 'msgaudit_notify') return 'wecom:archive'
  const from = textOf(fields, 'FromUserName').toLowerCase()
  if (from && from !== 'sys') return `wecom:member:${from}`
  return member ? `wecom:member:${member}` : `wecom:event:${event}`
}
