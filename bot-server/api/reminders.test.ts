import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ladderView, reminderList } from '../../domain/reminders/reminder.contract.js'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { type Server, startServer } from '../../test/factories/server.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let cast: Cast
let contactId: string
const people: Record<string, string> = {}
const HOUR = 3_600_000

beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  server = await startServer({ database: database.url, redis: redis.url })
  cast = await createCast(database.db, new Date())
  for (const userid of ['wanglei', 'chenjing', 'zhaoqiang', 'lina', 'zhoumin']) people[userid] = await cast.personId(userid)
  contactId = await cast.contactId('wmHuaqiang')
})
afterAll(async () => {
  await server?.close()
  await Promise.all([database?.close(), redis?.stop()])
})
beforeEach(() => database.db.$executeRaw`TRUNCATE task, reminder CASCADE`)

const soon = (ms = HOUR) => new Date(Date.now() + ms).toISOString()
const note = (more: object = {}) => ({ contactId, text: '问样品', at: soon(), ...more })
const as = (userid: string) => people[userid] as string
const reminderOf = async (taskId: string) =>
  (await database.db.reminder.findFirstOrThrow({ where: { subject: `task:${taskId}` } })).id

describe('提醒我', () => {
  it('tapped twice is written once, and answers the same', async () => {
    const body = { ...note(), requestId: newId() }
    const [first, second] = await Promise.all([1, 2].map(() => server.post('/api/tasks', as('wanglei'), body)))
    expect([first?.status, second?.status]).toEqual([200, 200])
    expect(first?.json).toEqual(second?.json)
    expect(await database.db.task.count()).toBe(1)
  })

  it('is ticked off, taken back, dropped; all of it only by its own', async () => {
    const { json } = await server.post('/api/tasks', as('wanglei'), note())
    const path = `/api/tasks/${json.id}`
    expect((await server.post(`${path}/done`, as('chenjing'))).status).toBe(404)
    expect((await server.post(`${path}/done`, as('wanglei'))).json.done).toBe(true)
    expect((await server.post(`${path}/undo`, as('wanglei'))).json.done).toBe(false)
    expect((await server.post(`${path}/drop`, as('wanglei'))).status).toBe(409) // somebody has done something about it
    const slip = await server.post('/api/tasks', as('wanglei'), note())
    expect((await server.post(`/api/tasks/${slip.json.id}/drop`, as('wanglei'))).status).toBe(200)
    expect(await database.db.task.count()).toBe(1)
  })

  it.each([
    ['no words', { text: '   ' }],
    ['201 characters', { text: '字'.repeat(201) }],
    ['no time', { at: '明天' }],
  ])('%s is refused in words', async (_what, wrong) => {
    const { status, json } = await server.post('/api/tasks', as('wanglei'), note(wrong))
    expect([status, json.error.code]).toEqual([400, 'bad-input'])
  })

  it('about somebody else’s customer is not possible', async () => {
    expect((await server.post('/api/tasks', as('chenjing'), note())).status).toBe(404)
  })

  it('offers times that are still to come', async () => {
    const { times } = (await server.get('/api/tasks/times', as('wanglei'))).json
    expect(times.length).toBeGreaterThanOrEqual(2)
    for (const { at } of times) expect(Date.parse(at)).toBeGreaterThan(Date.now())
  })
})

describe('lists and acts', () => {
  it('a list and its ladder fit their contracts; another’s ladder is not there', async () => {
    const { json } = await server.post('/api/tasks', as('wanglei'), note())
    const list = await server.get('/api/reminders', as('wanglei'))
    const { rows } = reminderList.parse(list.json)
    expect(rows.map((row) => row.taskId)).toEqual([json.id])
    const id = await reminderOf(json.id)
    expect(ladderView.parse((await server.get(`/api/reminders/${id}`, as('wanglei'))).json).row.title).toBe('问样品')
    expect((await server.get(`/api/reminders/${id}`, as('chenjing'))).status).toBe(404)
    expect((await server.get('/api/reminders?show=all', as('wanglei'))).status).toBe(400)
    expect((await server.get('/api/reminders?show=team', as('wanglei'))).status).toBe(403)
  })

  it('who hands it on still gets an answer, and sees it no longer among theirs', async () => {
    const { json } = await server.post('/api/tasks', as('wanglei'), note())
    const id = await reminderOf(json.id)
    const body = { requestId: newId(), note: '你更熟', toId: people.zhoumin }
    const path = `/api/reminders/${id}/actions/hand-over`
    const first = await server.post(path, as('wanglei'), body)
    expect(first.json).toMatchObject({ row: { holder: { name: '周敏' }, acts: [] } })
    expect((await server.post(path, as('wanglei'), body)).json).toEqual(first.json)
    expect(await database.db.reminderAct.count({ where: { reminderId: id } })).toBe(1)
    expect((await server.get('/api/reminders', as('wanglei'))).json.rows).toEqual([])
    expect((await server.get('/api/reminders', as('zhoumin'))).json.rows).toHaveLength(1)
  })

  it('only a reminder’s own acts run here, and only for who is in on it', async () => {
    const { json } = await server.post('/api/tasks', as('wanglei'), note())
    const path = `/api/reminders/${await reminderOf(json.id)}/actions`
    const body = { note: null }
    expect((await server.post(`${path}/confirm-can`, as('wanglei'), body)).json.error.code).toBe('unknown-action')
    expect((await server.post(`${path}/say-handled`, as('chenjing'), body)).status).toBe(404)
    expect((await server.post(`${path}/hand-over`, as('wanglei'), body)).json.error.code).toBe('say-whom')
  })

  it('the number that waits, and the colleagues who can be handed something', async () => {
    expect((await server.get('/api/badge', as('chenjing'))).json).toEqual({ me: people.chenjing, waiting: 0 })
    const { people: all } = (await server.get('/api/colleagues', as('wanglei'))).json
    expect(all.find((one: { name: string }) => one.name === '周敏')).toMatchObject({ roles: ['order-desk'] })
  })
})

describe('the doorbell', () => {
  const status = async (subject: string, userid: string) => (await server.get(`/api/live?subjects=${subject}`, as(userid))).status
  it('rings for oneself, for reminders and customers that one may see, and for nothing else', async () => {
    const { json } = await server.post('/api/tasks', as('wanglei'), note())
    const id = await reminderOf(json.id)
    const { id: customer } = await cast.customer('wmHuaqiang')
    expect(await status(`reminder:${id}`, 'chenjing')).toBe(404)
    expect(await status(`customer:${customer}`, 'chenjing')).toBe(404)
    expect(await status(`person:${people.wanglei}`, 'chenjing')).toBe(400)
  })
})
