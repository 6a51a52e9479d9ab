import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { contactSecrets, keepPhones, sealPhone } from '../../domain/contact/contact-phones.js'
import { createCast } from '../../test/factories/cast.js'
import { type Server, startServer } from '../../test/factories/server.js'
import { inWork, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'

const secret = 's'.repeat(40)
let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let wanglei: string
let renji: string

beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  const where = { database: database.url, redis: redis.url, machineNow: () => NOW }
  server = await startServer({ ...where, env: { CALLS_HOOK_SECRET: secret } })
  const cast = await createCast(database.db)
  ;[wanglei, renji] = [await cast.personId('wanglei'), await cast.contactId('wmRenji')]
  const phone = sealPhone(contactSecrets(server.config.dataKey), '13900002222')
  await inWork(database.db, (work) => keepPhones(work, { contactId: renji, phones: phone ? [phone] : [], source: 'remark' }))
  const manager = await cast.personId('lina')
  const answer = await server.post('/api/calls/extensions', manager, {
    version: 0,
    extensions: [{ number: '8001', personId: wanglei }],
  })
  expect(answer.status).toBe(200)
})
afterAll(async () => {
  await server.close()
  await Promise.all([database.close(), redis.stop()])
})

/** As a phone system would push it, by the words of docs/guides/phone-system.md. */
function push(body: unknown, { key = secret, at = NOW, headers = {} as Record<string, string> } = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signature = createHmac('sha256', key).update(`${timestamp}.${text}`).digest('hex')
  const signed = { 'x-bulou-timestamp': timestamp, 'x-bulou-signature': `sha256=${signature}`, origin: 'https://pbx.example.com' }
  return server.call('POST', '/hooks/calls', { body: text, headers: { ...signed, ...headers } })
}
const call = (id: string, more: object = {}) => ({
  id,
  caller: '8001',
  callee: '13900002222',
  startedAt: '2026-11-23 10:00:00',
  seconds: 65,
  ...more,
})
const rows = () => database.db.inbox.findMany({ where: { source: 'calls' } })
async function handled(): Promise<void> {
  for (;;) {
    if ((await database.db.inbox.count({ where: { state: 'open' } })) === 0) return
    await server.handler.sweep()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

it('is kept before it is answered, and handled afterwards', async () => {
  const answer = await push(call('p1', { recordingUrl: 'https://pbx.example.com/p1.mp3' }))
  expect(answer).toMatchObject({ status: 200, json: { kept: 1, known: 0 } })
  expect(await rows()).toMatchObject([{ state: 'open', source: 'calls' }])
  expect(await database.db.call.count()).toBe(0)
  await handled()
  expect(await database.db.call.findMany()).toMatchObject([
    { source: 'hook', contactId: renji, personId: wanglei, direction: 'out', outcome: 'connected', seconds: 65, startedAt: NOW },
  ])
})

it('pushed again it is known, whenever it is signed; several come at once', async () => {
  const again = await push(call('p1', { recordingUrl: 'https://pbx.example.com/p1.mp3' }), {
    at: new Date(NOW.getTime() + 60_000),
  })
  expect(again.json).toEqual({ kept: 0, known: 1 })
  expect((await push({ calls: [call('p2'), call('p3', { seconds: 0 })] })).json).toEqual({ kept: 2, known: 0 })
  await handled()
  expect(await database.db.call.count()).toBe(3)
})

it.each([
  ['another secret', () => push(call('x'), { key: 't'.repeat(40) }), 'does not fit'],
  [
    'a body that was changed on the way',
    () => push(call('x'), { headers: { 'x-bulou-signature': `sha256=${'0'.repeat(64)}` } }),
    'does not fit',
  ],
  ['no signature', () => push(call('x'), { headers: { 'x-bulou-signature': '' } }), 'is missing'],
  ['no time', () => push(call('x'), { headers: { 'x-bulou-timestamp': 'today' } }), 'are missing'],
  ['a copy from before', () => push(call('x'), { at: new Date(NOW.getTime() - 301_000) }), 'five minutes'],
  ['a copy from after', () => push(call('x'), { at: new Date(NOW.getTime() + 301_000) }), 'five minutes'],
])('%s: refused, nothing kept, and it says why', async (_what, pushed, words) => {
  const before = (await rows()).length
  const answer = await pushed()
  expect(answer).toMatchObject({ status: 401, json: { errors: [expect.stringContaining(words)] } })
  expect(answer.text).not.toContain(secret)
  expect(await rows()).toHaveLength(before)
})

it('names each field that it can not read, and keeps nothing of that push', async () => {
  const before = (await rows()).length
  const answer = await push({ calls: [call('y1'), call('y2', { startedAt: '昨天', seconds: -1 })] })
  expect(answer.status).toBe(400)
  expect(answer.json.errors.join('\n')).toMatch(/calls\.1\.startedAt[\s\S]*calls\.1\.seconds/)
  expect((await push('{"id":')).status).toBe(400)
  expect((await push({ calls: [] })).status).toBe(400)
  expect((await push({ calls: Array.from({ length: 501 }, (_, i) => call(`z${i}`)) })).status).toBe(400)
  expect((await push('x'.repeat(600_000))).status).toBe(413)
  expect(await rows()).toHaveLength(before)
})

it('says nothing where nobody set it up, and takes only pushes', async () => {
  expect((await server.call('GET', '/hooks/calls')).status).toBe(405)
  const closed = await startServer({ database: database.url, redis: redis.url })
  expect((await closed.call('POST', '/hooks/calls', { body: call('x') })).status).toBe(404)
  await closed.close()
})

it('a number of ours that nobody is known to use waits, and is heard when somebody says whose it is', async () => {
  const manager = await database.db.person.findFirstOrThrow({ where: { roles: { has: 'manager' } } })
  await push(call('w1', { caller: '8044' }))
  await handled()
  expect(await database.db.inbox.findMany({ where: { state: 'parked' } })).toMatchObject([
    { reason: expect.stringContaining('nobody-at 8044') },
  ])
  const setup = await server.get('/api/calls/setup', manager.id)
  expect(setup.json).toMatchObject({ unknown: [{ number: '8044', calls: 1 }], version: 1, hook: { on: true } })
  expect((await server.get('/api/calls/setup', wanglei)).status).toBe(403)
  const extensions = [
    { number: '8001', personId: wanglei },
    { number: '8044', personId: wanglei },
  ]
  expect((await server.post('/api/calls/extensions', manager.id, { version: 0, extensions })).status).toBe(409)
  expect((await server.post('/api/calls/extensions', manager.id, { version: 1, extensions })).json).toMatchObject({ unknown: [] })
  await handled()
  expect(await database.db.call.count({ where: { sourceKey: 'phone:w1', personId: wanglei } })).toBe(1)
})
