import type { ServerResponse } from 'node:http'
import { afterEach, expect, it } from 'vitest'
import { DING_ENV, outcomeOf, pushes } from '../testing/dingtalk.js'
import { DINGTALK, DINGTALK_ENV } from '../testing/dingtalk-api.js'
import { type Received, startProduct } from '../testing/product.js'
import { eventually, startForTest } from '../testing/start.js'
import { decrypt, encrypt, sign, signRobot } from './crypto.js'
import { readDingtalk } from './settings.js'

let close: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const one of close.reverse()) await one()
  close = []
})

async function start(env: Record<string, string> = {}) {
  const product = await startProduct(takes)
  const standin = await startForTest({
    product: product.base,
    realTime: true,
    env: { ...DING_ENV, DINGTALK_MODE: 'http', ...env },
  })
  close = [product.close, standin.close]
  return { product, standin }
}

type Sealed = { token?: string; ownerKey?: string; says?: string; change?: object }
function seal(
  res: ServerResponse,
  { token = DINGTALK.token, ownerKey = DINGTALK.clientId, says = 'success', change = {} }: Sealed = {},
) {
  const sealed = encrypt(DINGTALK.aesKey, says, ownerKey)
  const [timeStamp, nonce] = [String(Date.now()), 'abcdefgh']
  res.end(JSON.stringify({ msg_signature: sign(token, timeStamp, nonce, sealed), timeStamp, nonce, encrypt: sealed, ...change }))
}
const takes = (_: Received, res: ServerResponse) => seal(res)

const open = (got: Received | undefined) => {
  const query = Object.fromEntries(got?.url.searchParams ?? [])
  const { encrypt: sealed } = JSON.parse(got?.body ?? '{}') as { encrypt: string }
  expect(query.msg_signature).toBe(sign(DINGTALK.token, query.timestamp ?? '', query.nonce ?? '', sealed))
  expect(query.signature).toBe(query.msg_signature)
  const { message, ownerKey } = decrypt(DINGTALK.aesKey, sealed)
  expect(ownerKey).toBe(DINGTALK.clientId)
  return JSON.parse(message)
}

it('delivers an event signed and sealed, flat, for the application that owns it', async () => {
  const { product, standin } = await start()
  await standin.control('dingtalk/event', { eventType: 'user_add_org', data: { userId: ['linxiao'], timeStamp: 1 } })
  await outcomeOf(standin, 'delivered')
  const [got] = product.received
  expect(got).toMatchObject({ method: 'POST', url: { pathname: '/callback/dingtalk' } })
  expect(got?.headers['content-type']).toContain('application/json')
  expect(open(got)).toEqual({
    EventType: 'user_add_org',
    EventTime: expect.any(Number),
    CorpId: DINGTALK.corpId,
    BizId: expect.any(String),
    eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
    userId: ['linxiao'],
    timeStamp: 1,
  })
})

it.each<[string, (res: ServerResponse) => void, string]>([
  ['nothing', (res) => void res.end(), "the answer can't be read"],
  ['the bare word', (res) => void res.end('success'), "the answer can't be read"],
  ['another word', (res) => seal(res, { says: 'ok' }), 'the answer says ok'],
  ['a foreign owner', (res) => seal(res, { ownerKey: 'dingsomebodyelse' }), 'the answer belongs to dingsomebodyelse'],
  ['a wrong signature', (res) => seal(res, { token: 'other' }), "the answer's signature is wrong"],
  ['a number for the time', (res) => seal(res, { change: { timeStamp: 1 } }), 'all strings'],
  ['a redirection', (res) => void res.writeHead(302, { location: '/callback/dingtalk' }).end(), 'HTTP 302'],
])('is not content with %s for an answer', async (_, handle, words) => {
  const { product, standin } = await start()
  product.handle = (_got, res) => handle(res)
  await standin.control('dingtalk/event', { eventType: 'org_dept_modify' })
  const { attempts } = await outcomeOf(standin, 'undelivered')
  expect(attempts).toHaveLength(3)
  expect(attempts[0]?.error).toContain(words)
})

it('repeats, sealed afresh about the same event', async () => {
  const { product, standin } = await start()
  product.handle = (_, res) => (product.received.length < 3 ? void res.writeHead(500).end() : seal(res))
  await standin.control('dingtalk/event', { eventType: 'user_leave_org' })
  expect((await outcomeOf(standin, 'delivered')).attempts.map((a) => a.ok)).toEqual([false, false, true])
  expect(new Set(product.received.map((r) => r.body)).size).toBe(3)
  expect(new Set(product.received.map((r) => open(r).eventId)).size).toBe(1)
})

it('drops the line when an answer takes too long', async () => {
  const { product, standin } = await start({ STANDIN_DINGTALK_CALLBACK_MS: '40' })
  product.handle = () => {} // accepts and never answers
  await standin.control('dingtalk/event', { eventType: 'user_leave_org' })
  const { attempts } = await outcomeOf(standin, 'undelivered')
  expect(attempts.every((a) => a.error === 'no answer within 40 ms')).toBe(true)
})

it('begins its repeats ten and thirty seconds after a failure, and waits a second and a half, unless told otherwise', () => {
  const { config } = readDingtalk(DINGTALK_ENV)
  expect([config?.gapsMs, config?.callbackMs, config?.cardMs]).toEqual([[10_000, 30_000], 1_500, 2_000])
})

it('keeps what was never taken, for one reading', async () => {
  const { product, standin } = await start()
  product.handle = (_, res) => void res.writeHead(500).end()
  await standin.control('dingtalk/event', { eventType: 'user_leave_org', data: { userId: ['linxiao'] } })
  await outcomeOf(standin, 'undelivered')
  const token = (await standin.json(`/gettoken?appkey=${DINGTALK.clientId}&appsecret=${DINGTALK.clientSecret}`)).access_token
  const read = () => standin.json(`/call_back/get_call_back_failed_result?access_token=${token}`)
  const told = { corpid: DINGTALK.corpId, userId: ['linxiao'] }
  expect(await read()).toMatchObject({
    errcode: 0,
    has_more: false,
    failed_list: [{ call_back_tag: 'user_leave_org', event_time: expect.any(Number), user_leave_org: told }],
  })
  expect(await read()).toMatchObject({ errcode: 0, failed_list: [] })
})

it('goes on after a restart with what it still owed', async () => {
  const { product, standin } = await start({ STANDIN_DINGTALK_GAPS_MS: '600,600' })
  product.handle = (_, res) => void res.writeHead(500).end()
  await standin.control('dingtalk/event', { eventType: 'user_add_org' })
  await eventually(async () => expect((await pushes(standin))[0]?.attempts).toHaveLength(1))
  product.handle = takes
  await standin.restart()
  expect((await outcomeOf(standin, 'delivered')).attempts.length).toBeGreaterThan(1)
  expect(new Set(product.received.map((r) => open(r).eventId)).size).toBe(1)
})

it('checks the address as the console does', async () => {
  const { product, standin } = await start()
  expect(await standin.control('dingtalk/check-url', {})).toMatchObject({ ok: true, status: 200, answer: 'success' })
  expect(open(product.received[0])).toEqual({ EventType: 'check_url' })
  product.handle = (_, res) => void res.end('success')
  expect(await standin.control('dingtalk/check-url', {})).toMatchObject({ ok: false })
})

it('delivers a hand-made event once under any seal', async () => {
  const { product, standin } = await start()
  product.handle = (_, res) => void res.writeHead(403).end()
  const body = { EventType: 'user_add_org' }
  expect(await standin.control('dingtalk/callback', { body, ownerKey: 'dingother' })).toMatchObject({ ok: false, status: 403 })
  const { encrypt: sealed } = JSON.parse(product.received[0]?.body ?? '{}')
  expect(decrypt(DINGTALK.aesKey, sealed).ownerKey).toBe('dingother')
  expect(product.received).toHaveLength(1)
})

it('signs a message to the robot, any secret at any time if asked', async () => {
  const { product, standin } = await start()
  product.handle = (_, res) => void res.end(JSON.stringify({ msgtype: 'text', text: { content: '好' } }))
  const answered = await standin.control('dingtalk/callback/robot', {
    body: { msgId: 'm1' },
    secret: 'wrong',
    at: 1_577_262_236_757,
  })
  expect(answered).toMatchObject({ ok: true, answer: expect.stringContaining('"msgtype":"text"') })
  const [got] = product.received
  expect(got?.url.pathname).toBe('/callback/dingtalk/robot')
  expect(got?.headers).toMatchObject({ timestamp: '1577262236757', sign: signRobot('wrong', '1577262236757') })
  expect(JSON.parse(got?.body ?? '')).toEqual({ msgId: 'm1' })
})
