import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { maxCallbackBytes } from '../sealed/limit.js'
import { encrypt, sign } from '../sealed/seal.js'
import { openCallback, openEchostr } from './callback.js'
import { prepareCallback } from './crypto.js'
import { readVectors, type Vector } from './fixtures/vectors.js'

const settings = {
  name: 'app',
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiveId: 'wwb0100000000b0100',
}
const config = prepareCallback(settings)

function configOf(vector: Vector) {
  return prepareCallback({ name: 'app', token: vector.token, aesKey: vector.encoding_aes_key, receiveId: vector.receive_id })
}

function queryOf(vector: Vector) {
  return { msg_signature: vector.msg_signature, timestamp: vector.timestamp, nonce: vector.nonce }
}

function wrap(sealed: string): Buffer {
  return Buffer.from(`<xml><ToUserName><![CDATA[ww]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`)
}

/** What the platform would send, with its own chance each time. */
function send(message: string, by = config) {
  const sealed = encrypt(by, message, randomBytes(16))
  const parts = { timestamp: '1409659813', nonce: '1372623149', encrypt: sealed }
  return { query: { msg_signature: sign(by, parts), timestamp: parts.timestamp, nonce: parts.nonce }, body: wrap(sealed) }
}

function refusalOf(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return null
}

describe('openEchostr', () => {
  it.each(readVectors('url_verify_get'))('gives the bare text of $id', (vector) => {
    const query = { ...queryOf(vector), echostr: vector.ciphertext }
    expect(openEchostr(configOf(vector), query)).toBe(vector.expected.message)
  })

  it.each(readVectors('url_verify_get_must_fail'))('refuses $id', (vector) => {
    const query = { ...queryOf(vector), echostr: vector.ciphertext }
    expect(refusalOf(() => openEchostr(configOf(vector), query))).toMatchObject({ status: 401, reason: 'signature' })
  })

  it('refuses a call without one', () => {
    expect(refusalOf(() => openEchostr(config, {}))).toMatchObject({ status: 400 })
  })
})

describe('openCallback', () => {
  it.each(readVectors('callback_post'))('opens $id', (vector) => {
    const opened = openCallback(configOf(vector), { query: queryOf(vector), body: wrap(vector.ciphertext) })
    expect(opened.message).toBe(vector.expected.message)
    expect(opened.key).toMatch(/^wecom:app:id:\d+$/)
    expect(opened.lane).toMatch(/^wecom:member:/)
  })

  it('gives a message told three times one key', () => {
    const message = '<xml><FromUserName>WangLei</FromUserName><MsgType>text</MsgType><MsgId>7</MsgId></xml>'
    const keys = [1, 2, 3].map(() => openCallback(config, send(message)).key)
    expect(new Set(keys)).toEqual(new Set(['wecom:app:id:7']))
  })

  it('gives two different events of one second two keys, and a repeat its first', () => {
    const event = (code: string) =>
      `<xml><FromUserName>a</FromUserName><CreateTime>1</CreateTime><Event>template_card_event</Event><ResponseCode>${code}</ResponseCode></xml>`
    const [first, second, repeat] = ['x', 'y', 'x'].map((code) => openCallback(config, send(event(code))).key)
    expect(first).toMatch(/^wecom:app:sha256:[0-9a-f]{64}$/)
    expect(second).not.toBe(first)
    expect(repeat).toBe(first)
  })

  it('does not take a MsgId from what a person typed', () => {
    const opened = openCallback(config, send('<xml><Content><![CDATA[<MsgId>7</MsgId>]]></Content><Event>x</Event></xml>'))
    expect(opened.key).toMatch(/sha256/)
  })

  it('holds configurations apart', () => {
    const archive = prepareCallback({ ...settings, name: 'archive' })
    const message = '<xml><MsgId>7</MsgId></xml>'
    expect(openCallback(archive, send(message, archive)).key).toBe('wecom:archive:id:7')
  })

  it.each([
    ['<FromUserName>WangLei</FromUserName><MsgType>text</MsgType>', 'wecom:member:wanglei'],
    ['<FromUserName>sys</FromUserName><UserID>WangLei</UserID><ExternalUserID>wmA</ExternalUserID>', 'wecom:chat:wanglei:wmA'],
    ['<FromUserName>sys</FromUserName><Event>change_external_chat</Event><ChatId>wrA</ChatId>', 'wecom:group:wrA'],
    ['<FromUserName>sys</FromUserName><Event>msgaudit_notify</Event>', 'wecom:archive'],
    ['<FromUserName>sys</FromUserName><Event>change_contact</Event><UserID>Lina</UserID>', 'wecom:member:lina'],
    ['<FromUserName>sys</FromUserName><Event>change_external_tag</Event><Id>1</Id>', 'wecom:event:change_external_tag'],
  ])('puts %s on lane %s', (fields, lane) => {
    expect(openCallback(config, send(`<xml>${fields}</xml>`)).lane).toBe(lane)
  })

  it('refuses by status, and says nothing that came with the request', () => {
    const honest = send('<xml><MsgId>7</MsgId></xml>')
    const foreign = prepareCallback({ ...settings, receiveId: 'wwOther' })
    const cases = [
      [{ ...honest, query: {} }, 401, 'signature'],
      [{ ...honest, query: { ...honest.query, msg_signature: [honest.query.msg_signature, 'a'] } }, 401, 'signature'],
      [{ ...honest, query: { ...honest.query, nonce: '1372623148' } }, 401, 'signature'],
      [{ ...honest, query: { ...honest.query, timestamp: '1'.repeat(1000) } }, 401, 'signature'],
      [{ ...honest, body: Buffer.from('<xml>') }, 400, 'malformed'],
      [{ ...honest, body: Buffer.alloc(maxCallbackBytes + 1, 'a') }, 413, 'too-large'],
      [send('<xml><MsgId>7</MsgId></xml>', foreign), 403, 'foreign'],
      [send('<!DOCTYPE xml [<!ENTITY e "x">]><xml><MsgId>&e;</MsgId></xml>'), 400, 'malformed'],
      [send('no XML at all, secretWord'), 400, 'malformed'],
    ] as const
    for (const [request, status, reason] of cases) {
      const error = refusalOf(() => openCallback(config, { query: { ...request.query } as never, body: request.body }))
      expect(error).toMatchObject({ name: 'CallbackRefused', status, reason })
      expect(String(error)).not.toMatch(/secretWord|wwOther|QDG6eK|137262314|MsgId/)
    }
  })

  it('has no opinion on the time: a late retry is welcome', () => {
    const sealed = encrypt(config, '<xml><MsgId>7</MsgId></xml>', randomBytes(16))
    const parts = { timestamp: '1', nonce: '2', encrypt: sealed }
    const request = { query: { msg_signature: sign(config, parts), timestamp: '1', nonce: '2' }, body: wrap(sealed) }
    expect(openCallback(config, request).key).toBe('wecom:app:id:7')
  })
})
