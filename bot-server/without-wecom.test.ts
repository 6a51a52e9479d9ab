import { afterAll, beforeAll, expect, it } from 'vitest'
import { getActor } from '../domain/person/actor.js'
import { ensurePerson } from '../domain/person/identify.js'
import { type Server, startServer } from '../test/factories/server.js'
import { inWork } from '../test/factories/work.js'
import { freshDb } from '../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../test/setup/redis.js'

const wecom = ['CORP_ID', 'AGENT_ID', 'SECRET', 'TOKEN', 'AES_KEY', 'API_BASE'].map((name) => [`WECOM_${name}`, ''])
const corp = 'dingcorp0001'
let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let linxiao: string

beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  const env = {
    ...Object.fromEntries(wecom),
    DINGTALK_CORP_ID: corp,
    DINGTALK_CLIENT_ID: 'dingclient',
    DINGTALK_CLIENT_SECRET: 's',
    DINGTALK_AGENT_ID: '7',
    DINGTALK_API_BASE: 'http://127.0.0.1:9',
    DINGTALK_OAPI_BASE: 'http://127.0.0.1:9',
  }
  server = await startServer({ database: database.url, redis: redis.url, env })
  linxiao = await inWork(database.db, (work) =>
    ensurePerson(work, { platform: 'dingtalk', organisation: corp, kind: 'member', value: 'linxiao' }),
  )
})
afterAll(async () => {
  await server.close()
  await Promise.all([database.close(), redis.stop()])
})

it('hears nothing of WeCom, and leads people to DingTalk’s login', async () => {
  expect(server.config.wecom).toBeNull()
  expect((await server.call('POST', '/callback/wecom', { body: '<xml/>' })).status).toBe(404)
  const login = await server.call('GET', '/auth/wecom?to=/h5/customers')
  expect([login.status, login.headers.get('location')]).toEqual([302, '/h5/login?to=%2Fh5%2Fcustomers'])
  expect((await server.call('GET', '/auth/wecom/callback?code=x&state=y')).status).toBe(404)
  expect((await server.call('GET', '/auth/apps')).json).toEqual({ apps: ['dingtalk'] })
})

it('what is about WeCom alone says so in words; all else works', async () => {
  const url = encodeURIComponent(`${server.base}/h5/`)
  for (const path of [`/api/jssdk?url=${url}`, '/api/chats/by-external/wmAbc', '/api/groups/by-chat/wrAbc']) {
    const { status, json } = await server.call('GET', path, { as: linxiao })
    expect([path, status, json.error?.code ?? json.code]).toEqual([path, 404, 'no-wecom'])
  }
  expect((await server.call('GET', '/api/customers', { as: linxiao })).json).toEqual({ customers: [] })
  expect((await server.call('GET', '/api/me', { as: linxiao })).status).toBe(200)
  expect((await getActor(database.db, linxiao)).personId).toBe(linxiao)
  expect((await server.call('GET', '/readyz')).json).toMatchObject({ ready: true })
})
