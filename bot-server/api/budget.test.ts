import { afterAll, beforeAll, expect, it } from 'vitest'
import { bodyOfStreamEvent } from '../../channels/dingtalk/bodies.js'
import { addUses } from '../../domain/budget/add-uses.js'
import { budgetPage } from '../../domain/budget/budget.contract.js'
import { findDingtalk } from '../../domain/rule/find-dingtalk.js'
import { createTask } from '../../domain/task/create-task.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { type Server, startServer } from '../../test/factories/server.js'
import { inWork } from '../../test/factories/work.js'
import { waitFor } from '../../test/rig/wait-for.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'

const corp = 'dingcorp0001'
const dingtalk = {
  DINGTALK_CORP_ID: corp,
  DINGTALK_CLIENT_ID: 'dingclient',
  DINGTALK_CLIENT_SECRET: 's',
  DINGTALK_AGENT_ID: '7',
  DINGTALK_API_BASE: 'http://127.0.0.1:9',
  DINGTALK_OAPI_BASE: 'http://127.0.0.1:9',
}
let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let cast: Cast
let server: Server
let admin: string
beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  server = await startServer({ database: database.url, redis: redis.url, env: dingtalk })
  cast = await createCast(database.db, new Date())
  ;({ id: admin } = await database.db.person.findFirstOrThrow({ where: { roles: { has: 'admin' } } }))
})
afterAll(async () => {
  await server.close()
  await Promise.all([database.close(), redis.stop()])
})

it('an administrator sees what of the month was used, of the quota that stands in the settings; nobody else does', async () => {
  const day = shanghaiDay(new Date())
  await addUses(database.db, 'dingtalk', [{ what: 'call', api: 'card/instances', day, count: 41 }])
  const { budget } = budgetPage.parse((await server.get('/api/admin/budget', admin)).json)
  expect(budget).toMatchObject({
    month: day.slice(0, 7),
    lines: [
      { what: 'call', used: 41, quota: 5_000, state: 'plenty', uses: [{ label: '更新卡片', count: 41 }] },
      { what: 'push', used: 0, quota: 3_000 },
    ],
    saving: null,
  })
  expect((await server.get('/api/admin/budget', await cast.personId('wanglei'))).status).toBe(403)
})

it('what DingTalk is used for is set there, and nothing that it does not know', async () => {
  const set = async (value: unknown) =>
    (await server.post('/api/admin/rules/dingtalk', admin, { requestId: newId(), value })).status
  expect((await server.get('/api/admin/rules/dingtalk', admin)).json.value).toEqual({ todos: 'own', ding: 'app' })
  expect(await set({ todos: 'all', ding: 'shout' })).toBe(400)
  expect(await set({ todos: 'all', ding: 'sms' })).toBe(200)
  expect(await findDingtalk(database.db)).toEqual({ todos: 'all', ding: 'sms' })
})

it('what somebody ticks off in DingTalk’s list is done', async () => {
  const wang = await cast.actor('wanglei')
  const as = { platform: 'dingtalk', organisation: corp, kind: 'member', value: 'wang' }
  await database.db.identity.create({ data: { id: newId(), ...as, personId: wang.personId } })
  await database.db.person.update({ where: { id: wang.personId }, data: { prefers: 'dingtalk' } })
  const now = new Date()
  const tomorrow = new Date(now.getTime() + 24 * 3_600_000)
  const task = await inWork(database.db, (work) => createTask(work, wang, { contactId: null, text: '回电话', at: tomorrow }), now)
  await database.db.platformTodo.updateMany({ data: { handle: 'T1' } })
  const tells = async (done: boolean) => {
    const headers = { eventType: 'todo_task_update', eventId: newId(), eventCorpId: corp, eventBornTime: String(now.getTime()) }
    const row = bodyOfStreamEvent(headers, { taskId: 'T1', sourceId: 'x', operatorId: 'u', done })
    await database.db.inbox.create({ data: { ...row, trace: 't' } })
    server.handler.drain([row.lane])
    await waitFor(async () => database.db.inbox.findFirst({ where: { key: row.key, state: 'done' } }))
    return (await database.db.task.findUniqueOrThrow({ where: { id: task } })).doneAt
  }
  expect(await tells(false)).toBeNull()
  expect(await tells(true)).toEqual(expect.any(Date))
})
