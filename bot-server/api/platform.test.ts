import { afterAll, beforeAll, expect, it } from 'vitest'
import { contactWayList } from '../../domain/contact-way/contact-way.contract.js'
import { syncDaily } from '../../domain/follow/start-sync.js'
import { platformView } from '../../domain/follow/sync.contract.js'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { type Server, startServer } from '../../test/factories/server.js'
import { inWork } from '../../test/factories/work.js'
import { waitFor } from '../../test/rig/wait-for.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let cast: Cast
let admin = ''
let rep = ''
beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  server = await startServer({ database: database.url, redis: redis.url })
  cast = await createCast(database.db, new Date())
  ;({ id: admin } = await database.db.person.findFirstOrThrow({ where: { roles: { has: 'admin' } } }))
  rep = await cast.personId('wanglei')
})
afterAll(async () => {
  await server.close()
  await Promise.all([database.close(), redis.stop()])
})

const look = async () => platformView.parse((await server.get('/api/admin/platform', admin)).json)

/** As if it had just been stored by a callback. */
async function hears(fields: string) {
  const key = newId()
  const body = `<xml><FromUserName>sys</FromUserName><CreateTime>1790000000</CreateTime><MsgType>event</MsgType>${fields}</xml>`
  await database.db.inbox.create({ data: { key, source: 'wecom', lane: key, body, trace: 't' } })
  server.handler.drain([key])
  return waitFor(async () => database.db.inbox.findFirst({ where: { key, state: { not: 'open' } } }))
}

it('what nobody here understands is done, kept with its reason, counted and shown to an administrator', async () => {
  for (let n = 0; n < 2; n += 1)
    expect(await hears('<Event>LOCATION</Event>')).toMatchObject({ state: 'done', reason: 'unknown-event:wecom:location' })
  expect(await hears('<Event>somethingNew</Event><ChangeType>tried:out</ChangeType>')).toMatchObject({ state: 'done' })
  expect(await hears('<Event>enter_agent</Event>')).toMatchObject({ state: 'done', reason: null })
  expect((await look()).unheard).toEqual([
    { source: 'wecom', event: 'something-new-tried-out', count: 1, lastAt: expect.any(String) },
    { source: 'wecom', event: 'location', count: 2, lastAt: expect.any(String) },
  ])
  expect((await server.get('/api/admin/platform', rep)).status).toBe(403)
})

it('says when everybody’s customers were looked at, and looks again when an administrator wants it, once a tap', async () => {
  expect((await look()).sync).toMatchObject({ lastAt: null, waiting: 0, why: null })
  await inWork(database.db, (work) => syncDaily(work, '2026-11-23'), new Date())
  expect((await look()).sync).toMatchObject({ lastAt: expect.any(String), waiting: 1 })
  const requestId = newId()
  for (let n = 0; n < 2; n += 1) expect((await server.post('/api/admin/platform/sync', admin, { requestId })).status).toBe(200)
  const rows = await database.db.outbox.findMany({ where: { kind: 'list-followers' }, orderBy: { id: 'asc' } })
  expect(rows.map((row) => row.payload)).toEqual([{ run: '2026-11-23' }, { run: `by:${requestId}` }])
  const reason = 'externalcontact/get_follow_user_list: 48002 此接口被禁止调用，请检查应用的接口权限'
  await database.db.outbox.updateMany({ where: { kind: 'list-followers' }, data: { state: 'failed', reason } })
  expect((await look()).sync).toMatchObject({ waiting: 0, why: '此接口被禁止调用，请检查应用的接口权限' })
  expect((await server.post('/api/admin/platform/sync', rep)).status).toBe(403)
})

it('the directory is looked at when an administrator wants it, once a tap', async () => {
  const requestId = newId()
  for (let n = 0; n < 2; n += 1)
    expect((await server.post('/api/admin/platform/directory', admin, { requestId })).status).toBe(200)
  expect(await database.db.outbox.findMany({ where: { kind: 'list-departments' } })).toMatchObject([
    { payload: { run: `by:${requestId}` }, lane: `directory:by:${requestId}` },
  ])
  expect((await look()).directory).toMatchObject({ waiting: 1, why: null, lastAt: expect.any(String), teams: 0 })
  expect((await server.post('/api/admin/platform/directory', rep)).status).toBe(403)
})

it('tags are read and set by whoever has the customer, and nobody else’s end of a change is told', async () => {
  const contactId = await cast.contactId('wmRenji')
  await database.db.corpTag.create({ data: { id: 'etHot', name: '重点客户', groupName: '级别', place: 0 } })
  const follow = { contactId, personId: rep, since: new Date(), addWay: 1 }
  await database.db.follow.upsert({
    where: { contactId_personId: { contactId, personId: rep } },
    create: follow,
    update: { addWay: 1 },
  })
  const tags = async (as: string) => (await server.get(`/api/contacts/${contactId}/tags`, as)).json.tags
  expect(await tags(rep)).toMatchObject({ tags: [], moving: false })
  expect(await tags(admin)).toBeNull()
  const set = (as: string, add: string[]) => server.post(`/api/contacts/${contactId}/tags`, as, { add, remove: [] })
  expect((await set(rep, ['etHot'])).status).toBe(200)
  expect(await tags(rep)).toMatchObject({ tags: [{ id: 'etHot', name: '重点客户' }], moving: true })
  expect((await set(rep, ['etGone'])).json.error).toMatchObject({ code: 'tag-gone', words: '这个标签刚被删掉了，请换一个' })
  expect((await set(admin, ['etHot'])).status).toBe(403)
})

it('a manager makes a code for a channel; who left can’t be on it', async () => {
  const manager = (await database.db.person.findFirstOrThrow({ where: { roles: { has: 'manager' } } })).id
  const make = (personIds: string[], label = ' 苏州展会 ') => server.post('/api/contact-ways', manager, { label, personIds })
  const { json } = await make([rep, rep])
  const way = await database.db.contactWay.findUniqueOrThrow({ where: { id: json.id } })
  expect(way).toMatchObject({ label: '苏州展会', personIds: [rep], configId: null, createdById: manager })
  expect(way.state).toMatch(/^[a-z0-9]{10,30}$/)
  expect(await database.db.outbox.findMany({ where: { kind: 'add-contact-way' } })).toMatchObject([
    { payload: { wayId: way.id } },
  ])
  const { ways } = contactWayList.parse((await server.get('/api/contact-ways', manager)).json)
  expect(ways).toMatchObject([{ label: '苏州展会', people: ['王磊'], qrCode: null, why: null, came: 0 }])
  expect((await make([newId()])).status).toBe(409)
  expect((await make([], 'x')).status).toBe(400)
  expect((await server.post('/api/contact-ways', rep, { label: 'x', personIds: [rep] })).status).toBe(403)
})

it('a manager gives a code a picture: jpeg or png by its bytes, 2 MB at most; nobody else sees or sets it', async () => {
  const manager = (await database.db.person.findFirstOrThrow({ where: { roles: { has: 'manager' } } })).id
  const way = (await server.post('/api/contact-ways', manager, { label: '官网', personIds: [rep] })).json.id as string
  const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('picture')])
  const send = (as: string, bytes: Buffer, { id = way, requestId = newId() } = {}) =>
    server.call('POST', `/api/contact-ways/${id}/picture?requestId=${requestId}`, {
      as,
      body: new Blob([new Uint8Array(bytes)]),
      headers: { 'content-type': 'application/octet-stream' },
    })
  expect((await send(rep, PNG)).status).toBe(403)
  expect((await send(manager, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).json.error.words).toBe(
    '请选 JPG 或 PNG 图片',
  )
  expect((await send(manager, Buffer.concat([PNG, Buffer.alloc(2 * 1024 * 1024)]))).status).toBe(413)
  expect((await send(manager, PNG, { id: newId() })).status).toBe(404)
  expect((await server.get(`/api/contact-ways/${way}/picture`, manager)).status).toBe(404)
  expect((await send(manager, PNG)).json).toEqual({ picture: expect.stringMatching(/^[0-9a-f]{16}$/) })
  const seen = await server.get(`/api/contact-ways/${way}/picture`, manager)
  expect([seen.status, seen.headers.get('content-type'), seen.headers.get('content-security-policy')]).toEqual([
    200,
    'image/png',
    "default-src 'none'; sandbox",
  ])
  expect((await server.get(`/api/contact-ways/${way}/picture`, rep)).status).toBe(403)
  const shown = async () =>
    contactWayList.parse((await server.get('/api/contact-ways', manager)).json).ways.find((one) => one.id === way)?.picture
  expect(await shown()).toMatch(/^[0-9a-f]{16}$/)
  expect((await server.post(`/api/contact-ways/${way}/picture/drop`, manager)).status).toBe(200)
  expect(await shown()).toBeNull()
  const told = await database.db.auditEntry.findMany({ where: { subject: `contact-way:${way}` }, orderBy: { id: 'asc' } })
  expect(told.map(({ verb }) => verb)).toEqual(['contact-way-created', 'welcome-picture-set', 'welcome-picture-dropped'])
})

it('the welcome is text of the administrator’s, versioned', async () => {
  const save = (value: unknown) => server.post('/api/admin/rules/welcome', admin, { value })
  expect((await server.get('/api/admin/rules/welcome', admin)).json).toEqual({ value: '' })
  expect((await save('  您好，有事随时找我  ')).json).toEqual({ version: 1 })
  expect((await server.get('/api/admin/rules/welcome', admin)).json).toEqual({ value: '您好，有事随时找我' })
  expect((await save('长'.repeat(1_001))).status).toBe(400)
  expect((await save(['a'])).status).toBe(400)
})
