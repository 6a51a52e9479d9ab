import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Line, serveGateway } from '../../channels/dingtalk/stream/fixtures/gateway.js'
import { takeDatabaseAway } from '../../test/factories/database-away.js'
import { type Server, startServer } from '../../test/factories/server.js'
import { waitFor } from '../../test/rig/wait-for.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'

const corp = 'dingcorp0001'
let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let gateway: Awaited<ReturnType<typeof serveGateway>>
let server: Server
let line: Line

beforeAll(async () => {
  ;[database, redis, gateway] = await Promise.all([freshDb(), freshRedis(), serveGateway()])
  const env = {
    DINGTALK_CORP_ID: corp,
    DINGTALK_CLIENT_ID: 'dingclient',
    DINGTALK_CLIENT_SECRET: 's',
    DINGTALK_AGENT_ID: '7',
    DINGTALK_API_BASE: gateway.base,
    DINGTALK_MODE: 'stream',
    DINGTALK_STREAMS: '1',
  }
  server = await startServer({ database: database.url, redis: redis.url, env, stream: true })
  line = await gateway.nextLine()
})
afterAll(async () => {
  await server.close()
  await Promise.all([database.close(), redis.stop(), gateway.close()])
})
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE inbox, inbox_key`
})

const robot = '/v1.0/im/bot/messages/get'
const card = '/v1.0/card/instances/callback'
const rows = async () =>
  (await database.db.inbox.findMany({ orderBy: { seq: 'asc' } })).map(({ source, key, lane }) => ({ source, key, lane }))
const said = (msgId: string) => ({
  ...{ msgId, msgtype: 'text', text: { content: ' 待办' }, conversationType: '1', conversationId: 'cid1' },
  ...{ senderStaffId: 'LinXiao', senderCorpId: corp, chatbotCorpId: corp, robotCode: 'dingclient', createAt: 1763776800000 },
})

it('an event, words and a click are rows when they are acknowledged, and a repeat is one row', async () => {
  const headers = { eventType: 'user_modify_org', eventId: 'e1', eventCorpId: corp, eventBornTime: 1763776800000 }
  const event = () => line.push({ type: 'EVENT', topic: '*', data: { userId: ['LinXiao'] }, headers })
  expect(JSON.parse((await event()).data).status).toBe('SUCCESS')
  expect(JSON.parse((await event()).data).status).toBe('SUCCESS')
  expect((await line.push({ type: 'CALLBACK', topic: robot, data: said('msg1') })).code).toBe(200)
  const press = {
    type: 'actionCallback',
    outTrackId: 'nobody-knows',
    corpId: corp,
    userId: 'LinXiao',
    content: '{"cardPrivateData":{"params":{"action":"got-it"}}}',
  }
  const pressed = await line.push({ type: 'CALLBACK', topic: card, data: press, messageId: 'frame-9' })
  expect([pressed.code, JSON.parse(pressed.data)]).toEqual([200, { response: {} }])
  expect(await rows()).toEqual([
    { source: 'dingtalk', key: 'dingtalk:event:e1', lane: 'dingtalk:linxiao' },
    { source: 'dingtalk-robot', key: 'dingtalk:robot:msg1', lane: 'dingtalk:linxiao' },
    { source: 'dingtalk-card', key: 'dingtalk:card:frame-9', lane: 'dingtalk:linxiao' },
  ])
})

it('the end of the month’s pushes is no row, is not asked for again, and is said', async () => {
  const end = { errCode: 20001, errMsg: '超出限额' }
  for (const topic of [robot, card]) expect((await line.push({ type: 'CALLBACK', topic, data: end })).code).toBe(200)
  expect(JSON.parse((await line.push({ type: 'EVENT', topic: '*', data: end })).data).status).toBe('SUCCESS')
  line.socket.send(JSON.stringify(end))
  await waitFor(() => server.of('error').filter(({ fields }) => fields.words === '超出限额').length === 4, {
    what: 'four words of it',
  })
  expect(await rows()).toEqual([])
})

it('is ready and says so; without a connection it is degraded, and heard again when the database is back', async () => {
  const { json } = await server.call('GET', '/readyz')
  expect(json.degraded).not.toContain('dingtalk-stream')
  const metrics = (await server.call('GET', '/metrics')).text
  expect(metrics).toContain('bulou_dingtalk_streams_open{where="process"} 1')
  expect(metrics).toMatch(/bulou_dingtalk_stream_last_frame_seconds \d/)

  gateway.settings.upgrade = 'refuse'
  line.socket.terminate()
  await waitFor(async () => (await server.call('GET', '/readyz')).json.degraded.includes('dingtalk-stream'), { what: 'degraded' })
  gateway.settings.upgrade = null
  line = await gateway.nextLine()
  await waitFor(async () => !(await server.call('GET', '/readyz')).json.degraded.includes('dingtalk-stream'), { what: 'well' })

  const giveBack = await takeDatabaseAway(database.url)
  const old = line
  await old.closed
  await giveBack()
  line = await gateway.nextLine()
  expect((await line.push({ type: 'CALLBACK', topic: robot, data: said('msg2') })).code).toBe(200)
  expect(await rows()).toHaveLength(1)
})
