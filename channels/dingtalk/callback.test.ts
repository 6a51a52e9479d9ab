import { createCipheriv, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxCallbackBytes } from '../sealed/limit.js'
import { CallbackRefused } from '../sealed/refused.js'
import { decrypt, encrypt, isSigned, type Seal, sign } from '../sealed/seal.js'
import { type CallbackQuery, openCallback, sealReply } from './callback.js'
import { prepareCallback } from './crypto.js'
import { type CallbackVector, vectors } from './fixtures/vectors.js'

const settings = {
  token: 'mryue',
  aesKey: 'Yue0EfdN5900c1ce5cf6A152c63DDe1808a60c5ecd7',
  clientId: 'ding6ccabc44d2c8d38b',
  corpId: 'ding9f50b15bccd16741',
}
const config = prepareCallback(settings)
const TIMESTAMP = '1608001896814'

/** As the platform would send it, with its own chance each time; `of` for what is not quite so. */
function send(
  message: string,
  { seal = config[0], sealed = encrypt(seal, message, randomBytes(16)) }: { seal?: Seal; sealed?: string } = {},
) {
  const parts = { timestamp: TIMESTAMP, nonce: 'WL4PK6yA', encrypt: sealed }
  const signature = sign(seal, parts)
  const query: CallbackQuery = { signature, msg_signature: signature, timestamp: TIMESTAMP, nonce: parts.nonce }
  return { query, body: Buffer.from(JSON.stringify({ encrypt: sealed })) }
}

function refusalOf(run: () => unknown): CallbackRefused {
  try {
    run()
  } catch (error) {
    if (error instanceof CallbackRefused) return error
    throw error
  }
  throw new Error('nothing was refused')
}
const reasonOf = (request: { query: CallbackQuery; body: Buffer }) => refusalOf(() => openCallback(config, request)).reason

const left = {
  EventType: 'user_leave_org',
  EventTime: 1663143335567,
  CorpId: 'ding9f',
  BizId: '1',
  eventId: 'e-1',
  userId: ['Zhao'],
}

describe('the platform’s own vectors', () => {
  const open = (vector: CallbackVector) =>
    openCallback(prepareCallback({ token: vector.token, aesKey: vector.aes_key, clientId: vector.owner_key, corpId: 'x' }), {
      query: { signature: vector.signature, timestamp: vector.timestamp, nonce: vector.nonce },
      body: JSON.stringify({ encrypt: vector.encrypt }),
    })
  const byId = (id: string) => vectors.callback_crypto.find((vector) => vector.id === id) as CallbackVector

  it('a trial of the address is answered and never kept', () => {
    expect(open(byId('py3-check_url'))).toMatchObject({ row: null, answer: 'success' })
    expect(open(byId('doc-check_create_suite_url'))).toMatchObject({ row: null, answer: 'LPIdSnlF' })
  })

  it('a bare word is no event', () => {
    for (const id of ['go-cs-sample', 'doc-success-reply'])
      expect(refusalOf(() => open(byId(id)))).toMatchObject({ reason: 'malformed', detail: 'message' })
  })
})

describe('openCallback', () => {
  it('takes the signature and the timestamp by all their names', () => {
    const { query, body } = send(JSON.stringify(left))
    const { signature, timestamp, nonce } = query
    for (const names of [
      { signature, timestamp, nonce },
      { msg_signature: signature, timestamp, nonce },
      { msg_signature: signature, timeStamp: timestamp, nonce },
      // Where both stand, the encrypted mode's own is the one that counts.
      { signature: 'of another scheme', msg_signature: signature, timestamp, nonce },
    ])
      expect(openCallback(config, { query: names, body }).row?.key).toBe('dingtalk:event:e-1')
  })

  it('brings an event to the one body', () => {
    const { row, answer } = openCallback(config, send(JSON.stringify(left)))
    expect(answer).toBe('success')
    expect(row).toMatchObject({ source: 'dingtalk', key: 'dingtalk:event:e-1', lane: 'dingtalk:zhao' })
    expect(JSON.parse(row?.body ?? '')).toEqual({
      ...{ eventType: 'user_leave_org', eventId: 'e-1', corpId: 'ding9f', bornTime: 1663143335567 },
      data: { userId: ['Zhao'] },
    })
  })

  it('the older age of events: a repeat is known by its whole text', () => {
    const told = {
      EventType: 'chat_update_title',
      TimeStamp: '1608001896',
      CorpId: 'ding9f',
      ChatId: 'chat1',
      Title: '永固五金 · 项目群',
    }
    const keys = ['1', '1', '2'].map(
      (operator) => openCallback(config, send(JSON.stringify({ ...told, Operator: operator }))).row,
    )
    expect(keys[0]?.key).toMatch(/^dingtalk:event:sha256:[0-9a-f]{64}$/)
    expect(keys[1]?.key).toBe(keys[0]?.key)
    expect(keys[2]?.key).not.toBe(keys[0]?.key)
    expect(keys[0]?.lane).toBe('dingtalk:chat:chat1')
    expect(JSON.parse(keys[0]?.body ?? '')).toMatchObject({ eventId: '', bornTime: 1608001896000, data: { ChatId: 'chat1' } })
  })

  it('without a time of its own, an event has that of its signature', () => {
    const { row } = openCallback(config, send('{"EventType":"org_dept_modify","deptId":[1]}'))
    expect(JSON.parse(row?.body ?? '').bornTime).toBe(Number(TIMESTAMP))
    expect(row?.lane).toBe('dingtalk:event:org_dept_modify')
  })

  it('opens what an old subscription seals for the corp, and answers it likewise', () => {
    const { row, seal } = openCallback(config, send(JSON.stringify(left), { seal: config[1] as Seal }))
    expect(row?.key).toBe('dingtalk:event:e-1')
    expect(seal.owner.toString()).toBe(settings.corpId)
  })

  it('opens what is padded to 16 bytes only', () => {
    // 16 + 4 + 23 + 20 = 63 bytes: one to go to 64, and 17 in blocks of 32.
    const message = '{"EventType":"check_url"}'
    const owner = settings.clientId
    const plain = Buffer.concat([
      Buffer.alloc(16),
      Buffer.from([0, 0, 0, message.length]),
      Buffer.from(message),
      Buffer.from(owner),
    ])
    for (const block of [16, 32]) {
      const pad = block - (plain.length % block)
      const cipher = createCipheriv('aes-256-cbc', config[0].key, config[0].key.subarray(0, 16)).setAutoPadding(false)
      const sealed = Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), cipher.final()]).toString(
        'base64',
      )
      expect(openCallback(config, send('', { sealed }))).toMatchObject({ row: null, answer: 'success' })
    }
  })

  it('refuses by status, and says nothing that came with the request', () => {
    const honest = send(JSON.stringify(left))
    const foreign = prepareCallback({ ...settings, clientId: 'dingOther', corpId: 'dingOther2' })
    const broken = Buffer.from(encrypt(config[0], JSON.stringify(left), randomBytes(16)), 'base64')
    broken.writeUInt8(broken.readUInt8(broken.length - 20) ^ 0xff, broken.length - 20)
    const cases = [
      [{ ...honest, query: {} }, 401, 'signature'],
      [{ ...honest, query: { ...honest.query, msg_signature: ['a', 'b'] } }, 401, 'signature'],
      [{ ...honest, query: { ...honest.query, nonce: 'WL4PK6yB' } }, 401, 'signature'],
      [{ ...honest, query: { ...honest.query, timestamp: '1'.repeat(1000) } }, 401, 'signature'],
      [{ ...honest, body: Buffer.from('<xml>') }, 400, 'malformed'],
      [{ ...honest, body: Buffer.from('{"encrypt":"a","other":1}') }, 400, 'malformed'],
      [{ ...honest, body: Buffer.alloc(maxCallbackBytes + 1, 'a') }, 413, 'too-large'],
      [send(JSON.stringify(left), { seal: foreign[0] }), 403, 'foreign'],
      [send('', { sealed: broken.toString('base64') }), 400, 'undecryptable'],
      [send('no JSON at all, secretWord'), 400, 'malformed'],
      [send('["secretWord"]'), 400, 'malformed'],
    ] as const
    for (const [request, status, reason] of cases) {
      const refusal = refusalOf(() => openCallback(config, { query: { ...request.query } as CallbackQuery, body: request.body }))
      expect(refusal).toMatchObject({ status, reason })
      expect(String(refusal)).not.toMatch(/secretWord|dingOther|mryue|WL4PK6y|Zhao/)
    }
  })

  it('throws nothing but the refusal, whatever comes', () => {
    const query = fc.dictionary(
      fc.constantFrom('signature', 'msg_signature', 'timestamp', 'timeStamp', 'nonce'),
      fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 2 })),
    )
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      fc.base64String().map((encrypt) => JSON.stringify({ encrypt })),
    )
    fc.assert(fc.property(query, body, (asked, came) => void reasonOf({ query: asked, body: Buffer.from(came) })))
  })

  it('throws nothing but the refusal, whatever is rightly sealed inside', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.object().map((told) => JSON.stringify(told)),
        ),
        (message) => {
          try {
            const { row } = openCallback(config, send(message))
            if (row) expect(row.body).not.toMatch(/\\u0000|\0/)
          } catch (error) {
            expect(error).toBeInstanceOf(CallbackRefused)
          }
        },
      ),
    )
  })

  it('an envelope that escapes what needs no escaping', () => {
    const { query, body } = send(JSON.stringify(left))
    const escaped = body.toString().replaceAll('/', '\\/').replaceAll('=', '\\u003d')
    expect(openCallback(config, { query, body: Buffer.from(`\n ${escaped} `) }).row?.key).toBe('dingtalk:event:e-1')
  })
})

describe('sealReply', () => {
  it('is what the platform opens: signed, with its own timestamp and nonce', () => {
    const seal = config[0]
    const reply = sealReply(seal, 'success', { now: new Date(1_763_690_400_000), nonce: 'fresh', random16: randomBytes(16) })
    expect(reply).toMatchObject({ timeStamp: '1763690400000', nonce: 'fresh' })
    expect(decrypt(seal, reply.encrypt)).toBe('success')
    expect(isSigned(seal, reply.msg_signature, { timestamp: reply.timeStamp, nonce: 'fresh', encrypt: reply.encrypt })).toBe(true)
  })
})
