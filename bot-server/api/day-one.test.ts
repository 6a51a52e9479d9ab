import { afterAll, beforeAll, expect, it } from 'vitest'
import { MOST_BYTES } from '../../domain/import/limits.js'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { type Server, startServer } from '../../test/factories/server.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let cast: Cast
let lina: string
let wanglei: string
beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  cast = await createCast(database.db, new Date())
  server = await startServer({ database: database.url, redis: redis.url })
  ;[lina, wanglei] = await Promise.all([cast.personId('lina'), cast.personId('wanglei')])
})
afterAll(async () => {
  await server.close()
  await Promise.all([database.close(), redis.stop()])
})

const upload = (body: string, { as = lina, requestId = newId(), name = '名单.csv' } = {}) =>
  server.call('POST', `/api/imports?${new URLSearchParams({ requestId, name })}`, {
    as,
    body,
    headers: { 'content-type': 'application/octet-stream' },
  })
const LIST = '公司,电话\n临江五金,13700000001\n坏,1'

it('a file is brought once per request id, looked over, started and handed back, by managers alone', async () => {
  const requestId = newId()
  const [first, again] = [await upload(LIST, { requestId }), await upload(LIST, { requestId })]
  expect(first.status).toBe(200)
  expect(again.json).toEqual(first.json)
  expect(await database.db.customerImport.count()).toBe(1)
  const path = `/api/imports/${first.json.id}`
  const seen = (await server.get(path, lina)).json
  expect(seen).toMatchObject({ fileName: '名单.csv', state: 'preview', counts: { rows: 2, errors: 1 } })
  expect(JSON.stringify(seen)).not.toMatch(/13700000001/)

  for (const to of ['', '/rows', '/matches', '/failed.xlsx']) expect((await server.get(`${path}${to}`, wanglei)).status).toBe(403)
  for (const to of ['columns', 'not-the-same', 'start', 'drop'])
    expect((await server.post(`${path}/${to}`, wanglei)).status).toBe(403)
  expect((await upload(LIST, { as: wanglei })).status).toBe(403)
  expect((await server.get(`/api/imports/${newId()}`, lina)).status).toBe(404)
  expect((await server.get('/api/imports/nothing', lina)).status).toBe(400)

  const { columns, owners, defaultOwner } = seen
  const wrong = { columns: { ...columns, phone: 0 }, owners: {}, defaultOwnerId: defaultOwner.id }
  expect((await server.post(`${path}/columns`, lina, wrong)).json.error.words).toBe('同一列不能当两样用')
  expect(owners).toEqual([])
  expect((await server.post(`${path}/start`, lina)).json.state).toBe('running')
  expect((await server.post(`${path}/start`, lina)).json.state).toBe('running')
  expect((await server.post(`${path}/drop`, lina)).status).toBe(409)
  const failed = await server.get(`${path}/failed.xlsx`, lina)
  expect(failed.headers.get('content-disposition')).toContain(encodeURIComponent('名单-没导入的.xlsx'))
  expect((await server.get('/api/imports', lina)).json.imports).toHaveLength(1)
})

it('what is no list, or too large, is refused in words, and nothing is kept of it', async () => {
  const before = await database.db.customerImport.count()
  expect((await upload('')).json.error.words).toBe('这个文件是空的')
  expect((await upload('PK not a zip')).json.error.words).toMatch('另存为 .xlsx')
  expect((await upload('x'.repeat(MOST_BYTES + 1))).status).toBe(413)
  expect((await upload(LIST, { name: '' })).status).toBe(400)
  expect(await database.db.customerImport.count()).toBe(before)
})

it('the reports answer to leads and managers, and refuse what makes no sense', async () => {
  expect((await server.get('/api/leaks?weeks=8', lina)).json.byWeek).toHaveLength(8)
  expect((await server.get('/api/leaks/names?outcome=leaked', lina)).json).toEqual({ rows: [], next: null })
  expect((await server.get('/api/checkup?days=180', lina)).json.items).toHaveLength(5)
  expect((await server.get('/api/checkup/names?item=no-phone', lina)).status).toBe(200)
  for (const path of ['/api/leaks', '/api/leaks/names', '/api/checkup', '/api/checkup/names?item=lost'])
    expect((await server.get(path, wanglei)).status).toBe(403)
  for (const path of ['/api/leaks?weeks=3', '/api/leaks/names?rep=x', '/api/checkup?days=9', '/api/checkup/names?item=all'])
    expect((await server.get(path, lina)).status).toBe(400)
})
