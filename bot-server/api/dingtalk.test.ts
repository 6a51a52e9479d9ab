import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { type Server, startServer } from '../../test/factories/server.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let cast: Cast
beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  cast = await createCast(database.db, new Date())
})
afterAll(() => Promise.all([database.close(), redis.stop()]))

const env = {
  DINGTALK_CORP_ID: 'dingcorp',
  DINGTALK_CLIENT_ID: 'dingclient',
  DINGTALK_CLIENT_SECRET: 's',
  DINGTALK_AGENT_ID: '1',
  DINGTALK_MODE: 'stream',
}
const start = (over: Record<string, string>): Promise<Server> =>
  startServer({ database: database.url, redis: redis.url, env: over })

it('tells an administrator where colleagues are, what came in, who is barred, and the links to copy', async () => {
  const { db } = database
  const [admin, lina, wang] = await Promise.all(['heping', 'lina', 'wanglei'].map(cast.personId))
  await db.identity.createMany({
    data: [lina, wang].map((personId) => ({
      ...{ id: newId(), platform: 'dingtalk', organisation: 'dingcorp', kind: 'member' },
      ...{ value: `d-${personId}`, personId: personId ?? '' },
    })),
  })
  await db.reach.create({ data: { personId: lina ?? '', channel: 'dingtalk', barredWhy: '不在应用的范围里' } })
  await db.inbox.create({ data: { key: 'dingtalk:robot:1', source: 'dingtalk-robot', lane: 'l', body: '{}', trace: 't' } })
  const server = await start(env)
  const { json } = await server.get('/api/admin/dingtalk', admin)
  const all = await db.person.count({ where: { leftAt: null } })
  expect(json.dingtalk).toMatchObject({
    mode: 'stream',
    streams: null,
    cards: false,
    heard: { event: null, press: null, robot: expect.stringMatching(/^\d{4}-/) },
    people: { dingtalk: 0, both: 2, wecom: all - 2, barred: [{ name: '李娜', why: '不在应用的范围里' }] },
    links: { home: `${server.base}/h5/` },
  })
  const page = encodeURIComponent(`${server.base}/h5/`)
  expect(json.dingtalk.links.pc).toBe(`dingtalk://dingtalkclient/page/link?url=${page}&pc_slide=true`)
  expect((await server.get('/api/admin/dingtalk', wang)).status).toBe(403)
  await server.close()
})

it('says so where DingTalk is not connected', async () => {
  const server = await start({})
  expect((await server.get('/api/admin/dingtalk', await cast.personId('heping'))).json).toEqual({ dingtalk: null })
  await server.close()
})
