import { afterEach, expect, it } from 'vitest'
import WebSocket from 'ws'
import { connect, DING_ENV, openTicket, outcomeOf, pushes } from '../testing/dingtalk.js'
import { DINGTALK } from '../testing/dingtalk-api.js'
import { eventually, startForTest, type TestStandin } from '../testing/start.js'
import { OPEN } from './gateway.js'

let standin: TestStandin
afterEach(() => standin.close())
const start = async (env: Record<string, string> = {}) => {
  standin = await startForTest({ realTime: true, env: { ...DING_ENV, ...env } })
}

const dial = (endpoint: string, ticket: string) =>
  new Promise<number>((resolve, reject) => {
    const ws = new WebSocket(`${endpoint}?ticket=${ticket}`)
    ws.on('unexpected-response', (_, res) => resolve(res.statusCode ?? 0))
    ws.on('open', () => {
      ws.close()
      resolve(101)
    })
    ws.on('error', reject)
  })

it('gives a ticket that is good once and for 90 seconds', async () => {
  standin = await startForTest({ env: DING_ENV })
  const { endpoint, ticket } = JSON.parse((await openTicket(standin)).text)
  expect(endpoint).toBe(`ws://127.0.0.1:${standin.port}/connect`)
  expect(await dial(endpoint, ticket)).toBe(101)
  expect(await dial(endpoint, ticket)).toBe(401)
  expect(await dial(endpoint, 'made-up')).toBe(401)
  const late = JSON.parse((await openTicket(standin)).text)
  standin.time.now += 90_001
  expect(await dial(endpoint, late.ticket)).toBe(401)
})

it('refuses wrong credentials and unknown subscriptions, and speaks XML to who does not ask for JSON', async () => {
  await start()
  const wrong = await openTicket(standin, undefined, { clientSecret: 'no' })
  expect([wrong.status, JSON.parse(wrong.text)]).toMatchObject([401, { code: 'authFailed', message: '鉴权失败' }])
  expect((await openTicket(standin, ['EVENT user_add_org'])).status).toBe(400)
  expect((await openTicket(standin, [])).status).toBe(400)
  const subscriptions = [{ type: 'EVENT', topic: '*' }]
  const body = { clientId: DINGTALK.clientId, clientSecret: DINGTALK.clientSecret, subscriptions }
  const plain = await standin.ask(OPEN, { body })
  expect(plain.headers['content-type']).toContain('application/xml')
  expect(plain.text).toMatch(/<ticket>[\w-]+<\/ticket>/)
})

it('is not there without a client id', async () => {
  standin = await startForTest()
  expect((await openTicket(standin)).status).toBe(404)
  expect(await standin.control('dingtalk/connections')).toMatchObject({ error: expect.stringContaining('DINGTALK_CLIENT_ID') })
})

it('pings, and ends a connection that does not echo', async () => {
  await start({ STANDIN_DINGTALK_PING_MS: '300' })
  const [well, dead] = [await connect(standin), await connect(standin, undefined, { echo: false })]
  await dead.closed
  const pings = () => well.heard.filter(({ headers }) => headers.topic === 'ping')
  await eventually(() => expect(pings().length).toBeGreaterThan(2))
  expect(JSON.parse(pings()[0]?.data ?? '{}')).toEqual({ opaque: expect.any(String) })
  expect(well.ws.readyState).toBe(WebSocket.OPEN)
})

it('says goodbye, delivers nothing more at once, and closes later', async () => {
  await start({ STANDIN_DINGTALK_DRAIN_MS: '300' })
  const [first, second] = [await connect(standin), await connect(standin)]
  const [one] = await standin.control('dingtalk/connections')
  expect(await standin.control('dingtalk/connections/disconnect', { id: one.id })).toEqual({ told: 1 })
  const bye = await first.next('SYSTEM')
  expect([bye.headers.topic, JSON.parse(bye.data)]).toEqual(['disconnect', { reason: 'connection is expired' }])
  for (let n = 0; n < 8; n += 1) {
    await standin.control('dingtalk/event', { eventType: 'chat_quit' })
    second.ack(await second.next('EVENT'), { status: 'SUCCESS' })
  }
  expect(first.heard).toHaveLength(1)
  await first.closed
  expect(await standin.control('dingtalk/connections')).toHaveLength(1)
})

it('tells a connection to go when it is old', async () => {
  await start({ STANDIN_DINGTALK_CONNECTION_MS: '400', STANDIN_DINGTALK_DRAIN_MS: '200' })
  const line = await connect(standin)
  expect((await line.next('SYSTEM')).headers.topic).toBe('disconnect')
  await line.closed
})

it('pushes each message to one connection that subscribed to it, by chance', async () => {
  await start()
  const event = await connect(standin, ['EVENT *'])
  const robots = [await connect(standin, ['CALLBACK /v1.0/im/bot/messages/get']), await connect(standin)]
  for (let n = 0; n < 24; n += 1) await standin.control('dingtalk/event', { eventType: 'chat_quit', data: { n } })
  await eventually(async () => {
    for (const line of [event, ...robots]) {
      for (const frame of line.heard) line.ack(frame, { status: 'SUCCESS' })
    }
    expect((await pushes(standin)).every((p) => p.outcome === 'delivered')).toBe(true)
  })
  const got = robots.map((line) => line.heard.length)
  expect(got[0]).toBe(0)
  expect(got[1]).toBeGreaterThan(0)
  expect(event.heard.length).toBeGreaterThan(0)
  expect(event.heard.length + (got[1] ?? 0)).toBe(24)
})

it('describes an event in the headers and its fields in the data', async () => {
  await start()
  const line = await connect(standin)
  await standin.control('dingtalk/event', { eventType: 'user_add_org', data: { userId: ['linxiao'], timeStamp: 1 } })
  const frame = await line.next('EVENT')
  expect(frame).toMatchObject({ specVersion: '1.0', type: 'EVENT' })
  expect(frame.headers).toMatchObject({
    topic: '*',
    eventType: 'user_add_org',
    eventCorpId: DINGTALK.corpId,
    eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
    eventBornTime: expect.stringMatching(/^\d{13}$/),
    messageId: expect.any(String),
    contentType: 'application/json',
  })
  expect(JSON.parse(frame.data)).toEqual({ userId: ['linxiao'], timeStamp: 1 })
  line.ack(frame, { status: 'SUCCESS', message: 'ok' })
  await outcomeOf(standin, 'delivered')
})
