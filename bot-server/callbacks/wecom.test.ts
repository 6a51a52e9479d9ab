import { randomBytes } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { maxCallbackBytes } from '../../channels/sealed/limit.js'
import { encrypt, sign } from '../../channels/sealed/seal.js'
import { prepareCallback } from '../../channels/wecom/crypto.js'
import { readVectors, type Vector } from '../../channels/wecom/fixtures/vectors.js'
import { organisation } from '../../test/factories/cast.js'
import { takeDatabaseAway } from '../../test/factories/database-away.js'
import { callbackSettings, type Server, startServer } from '../../test/factories/server.js'
import { waitFor } from '../../test/rig/wait-for.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let second: Server
const own = prepareCallback({ ...callbackSettings, name: 'app', receiveId: organisation })

beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  server = await startServer({ database: database.url, redis: redis.url })
  second = await startServer({ database: database.url, redis: redis.url })
})
afterAll(async () => {
  await Promise.all([server.close(), second.close()])
  await Promise.all([database.close(), redis.stop()])
})
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE inbox, inbox_key`
  server.lines.length = 0
})

const wrap = (sealed: string) => `<xml><ToUserName><![CDATA[ww]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`

type Sent = { path: string; body: string }

/** What the platform would send: each attempt is sealed anew, with its own chance. */
function seal(message: string, config = own, name = ''): Sent {
  const sealed = encrypt(config, message, randomBytes(16))
  const parts = { timestamp: '1763690400', nonce: randomBytes(4).toString('hex'), encrypt: sealed }
  const query = new URLSearchParams({ msg_signature: sign(config, parts), timestamp: parts.timestamp, nonce: parts.nonce })
  return { path: `/callback/wecom${name}?${query}`, body: wrap(sealed) }
}
const deliver = ({ path, body }: Sent, to = server) =>
  to.call('POST', path, { body, headers: { 'content-type': 'text/xml', origin: '' } })

const text = (id: string, words = '帮助') =>
  `<xml><ToUserName>${organisation}</ToUserName><FromUserName>WangLei</FromUserName><CreateTime>1763690400</CreateTime><MsgType>text</MsgType><Content><![CDATA[${words}]]></Content><MsgId>${id}</MsgId></xml>`
const click = (code: string) =>
  `<xml><FromUserName>zhaoqiang</FromUserName><CreateTime>1763690400</CreateTime><MsgType>event</MsgType><Event>template_card_event</Event><EventKey>confirm-can</EventKey><TaskId>t</TaskId><ResponseCode>${code}</ResponseCode></xml>`

const stored = () => database.db.inbox.findMany({ orderBy: { seq: 'asc' } })
const keys = () => database.db.inboxKey.count()

describe('the published vectors, over HTTP, each with its own configuration', () => {
  async function withSettingsOf(vector: Vector, act: (server: Server) => Promise<void>) {
    const env = {
      WECOM_TOKEN: vector.token,
      WECOM_AES_KEY: vector.encoding_aes_key,
      WECOM_CORP_ID: vector.receive_id,
    }
    const configured = await startServer({ database: database.url, redis: redis.url, env })
    await act(configured).finally(() => configured.close())
  }
  const queryOf = (vector: Vector) =>
    new URLSearchParams({ msg_signature: vector.msg_signature, timestamp: vector.timestamp, nonce: vector.nonce })

  it.each(readVectors('callback_post'))('stores $id and answers with an empty 200', (vector) =>
    withSettingsOf(vector, async (configured) => {
      const answer = await deliver({ path: `/callback/wecom?${queryOf(vector)}`, body: wrap(vector.ciphertext) }, configured)
      expect(answer).toMatchObject({ status: 200, text: '' })
      const [row, ...more] = await stored()
      expect(more).toEqual([])
      expect(row).toMatchObject({ source: 'wecom', body: vector.expected.message, state: 'open', attempts: 0 })
      expect(row?.key).toMatch(/^wecom:app:id:\d+$/)
      // One id from here to the delivery: the line of the callback and the row have the same.
      expect(configured.of('info').map((line) => line.fields.trace)).toContain(row?.trace)
    }),
  )

  it.each(readVectors('url_verify_get'))('answers $id with the bare text', (vector) =>
    withSettingsOf(vector, async (configured) => {
      const query = queryOf(vector)
      query.set('echostr', vector.ciphertext)
      const answer = await configured.get(`/callback/wecom?${query}`)
      expect(answer).toMatchObject({ status: 200, text: vector.expected.message })
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
      expect(await stored()).toEqual([])
      expect(await keys()).toBe(0)
    }),
  )

  it.each(readVectors('url_verify_get_must_fail'))('refuses $id', (vector) =>
    withSettingsOf(vector, async (configured) => {
      const query = queryOf(vector)
      query.set('echostr', vector.ciphertext)
      expect(await configured.get(`/callback/wecom?${query}`)).toMatchObject({ status: 401, text: '' })
    }),
  )
})

describe('what is not an honest message of ours is refused', () => {
  const honest = () => seal(text('7', '机密的话'))
  const foreign = prepareCallback({ ...callbackSettings, name: 'app', receiveId: 'wwOtherCorp' })
  /** Sealed with a padding that isn't one: the signature fits, the inside doesn't. */
  function brokenPadding(): Sent {
    const sealed = Buffer.from(encrypt(own, text('7'), randomBytes(16)), 'base64')
    const at = sealed.length - 20
    sealed.writeUInt8(sealed.readUInt8(at) ^ 0xff, at)
    const parts = { timestamp: '1', nonce: '2', encrypt: sealed.toString('base64') }
    return {
      path: `/callback/wecom?${new URLSearchParams({ msg_signature: sign(own, parts), timestamp: '1', nonce: '2' })}`,
      body: wrap(parts.encrypt),
    }
  }
  const wrongSignature = () => ({ ...honest(), path: honest().path })

  it.each<[string, () => Sent, number]>([
    ['a wrong signature', wrongSignature, 401],
    ['no signature at all', () => ({ ...honest(), path: '/callback/wecom' }), 401],
    ['a signature given twice', () => ({ ...honest(), path: `${honest().path}&msg_signature=a` }), 401],
    ['a foreign corp id', () => seal(text('7', '机密的话'), foreign), 403],
    ['broken padding', brokenPadding, 400],
    ['an envelope that is no XML', () => ({ ...honest(), body: '{"encrypt":"x"}' }), 400],
    ['an envelope cut short', () => ({ ...honest(), body: honest().body.slice(0, -8) }), 400],
    ['an envelope with a DOCTYPE', () => ({ ...honest(), body: `<!DOCTYPE xml [<!ENTITY a "b">]>${honest().body}` }), 400],
    ['an inner XML cut short', () => seal(text('7').slice(0, -6)), 400],
    [
      'an inner DOCTYPE with an entity',
      () => seal(`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${text('7', '&e;')}`),
      400,
    ],
    ['an entity of its own making', () => seal(text('7').replace('<![CDATA[帮助]]>', '&lol;')), 400],
    ['an empty body', () => ({ ...honest(), body: '' }), 400],
    ['more bytes than the platform ever sends', () => ({ ...honest(), body: 'a'.repeat(maxCallbackBytes + 1) }), 413],
  ])('%s', async (_what, make, status) => {
    const answer = await deliver(make())
    expect(answer).toMatchObject({ status, text: '' })
    expect(await stored()).toEqual([])
    expect(await keys()).toBe(0)
    const warned = server.of('warn', 'error')
    expect(warned).toHaveLength(1)
    expect(warned[0]?.words).toMatch(/^callback refused: /)
    expect(JSON.stringify(server.lines)).not.toMatch(/机密|QDG6eK|jWmYm7|wwOtherCorp|passwd|1763690400|msg_signature/)
  })

  it('an oversized body that does not say how long it is: no more of it is read', async () => {
    const { path } = honest()
    const status = await new Promise((resolve, reject) => {
      const sending = httpRequest(server.base + path, { method: 'POST' }, (response) => resolve(response.statusCode))
      sending.on('error', reject)
      // Never ends: only the limit can bring an answer.
      for (let i = 0; i < 5; i++) sending.write(Buffer.alloc(60_000, 'a'))
    })
    expect(status).toBe(413)
    expect(await keys()).toBe(0)
    expect(server.of('warn', 'error')).toHaveLength(1)
  })

  it('a configuration that nobody set up', async () => {
    expect((await deliver(seal(text('7'), own, '/kf'))).status).toBe(404)
  })

  it('a message for one configuration that is sent to another', async () => {
    const env = { WECOM_KF_TOKEN: 'kfToken', WECOM_KF_AES_KEY: 'kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR' }
    const both = await startServer({ database: database.url, redis: redis.url, env })
    const kf = prepareCallback({ name: 'kf', token: 'kfToken', aesKey: env.WECOM_KF_AES_KEY, receiveId: organisation })
    expect((await deliver(seal(text('7'), own, '/kf'), both)).status).toBe(401)
    expect((await deliver(seal(text('7'), kf, '/kf'), both)).status).toBe(200)
    expect((await stored()).map((row) => row.key)).toEqual(['wecom:kf:id:7'])
    await both.close()
  })
})

describe('what is told again is known', () => {
  it('the same message three times, one after the other: one row', async () => {
    for (let i = 0; i < 3; i++) expect((await deliver(seal(text('8')))).status).toBe(200)
    expect(await stored()).toHaveLength(1)
  })

  it('the same message at once, over two servers: one row, and all are answered', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => deliver(seal(text('9')), i % 2 ? server : second)))
    expect(answers.map((answer) => answer.status)).toEqual(Array(12).fill(200))
    expect(await stored()).toHaveLength(1)
    expect(await keys()).toBe(1)
  })

  it('a repeat is known after the row itself is gone', async () => {
    await deliver(seal(text('10')))
    await database.db.inbox.deleteMany()
    expect((await deliver(seal(text('10')))).status).toBe(200)
    expect(await stored()).toEqual([])
  })

  it('two different events of the same person in the same second: two rows', async () => {
    await Promise.all([deliver(seal(click('code-a'))), deliver(seal(click('code-b')))])
    expect(await stored()).toHaveLength(2)
  })

  it('many at once share statements, and each keeps its own body and order', async () => {
    const ids = Array.from({ length: 60 }, (_, i) => String(100 + i))
    await Promise.all(ids.map((id) => deliver(seal(text(id, `第${id}句`)))))
    const rows = await stored()
    expect(rows.map((row) => row.key.split(':').at(-1)).sort()).toEqual(ids)
    for (const row of rows) expect(row.body).toContain(`第${row.key.split(':').at(-1)}句`)
  })
})

describe('when something is away', () => {
  it('without the database nothing is acknowledged, and the platform’s next try is stored', async () => {
    const bringBack = await takeDatabaseAway(database.url)
    try {
      const answer = await deliver(seal(text('20', '机密的话')))
      expect(answer.status).toBe(500)
      expect(answer.text).not.toMatch(/机密|postgres|prisma|database/i)
      expect(JSON.stringify(server.lines)).not.toMatch(/机密/)
      expect((await server.get('/readyz')).status).toBe(503)
      expect((await server.get('/healthz')).status).toBe(200)
    } finally {
      await bringBack()
    }
    await waitFor(async () => (await deliver(seal(text('20')))).status === 200, { what: 'the database to be found again' })
    expect(await waitFor(stored)).toHaveLength(1)
  })

  it('without Redis it is stored and answered all the same', async () => {
    await redis.kill()
    try {
      expect((await deliver(seal(text('21')))).status).toBe(200)
      expect(await stored()).toHaveLength(1)
      await waitFor(async () => (await server.get('/readyz')).json?.degraded.includes('redis'))
    } finally {
      await redis.start()
    }
  })

  it('with Redis there but silent it is stored and answered all the same', async () => {
    await waitFor(() => server.bells.up())
    redis.pause()
    try {
      expect((await deliver(seal(text('22')))).status).toBe(200)
      expect(await stored()).toHaveLength(1)
    } finally {
      redis.resume()
    }
  })
})
