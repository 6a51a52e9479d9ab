import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { type Server, startServer } from '../../test/factories/server.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let cast: Cast
let sunyue: string
let wanglei: string
beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  cast = await createCast(database.db, new Date())
  server = await startServer({ database: database.url, redis: redis.url })
  ;[sunyue, wanglei] = await Promise.all([cast.personId('sunyue'), cast.personId('wanglei')])
})
afterAll(async () => {
  await server.close()
  await Promise.all([database.close(), redis.stop()])
})

const LIST = '货号,名称,单价\nT-1,测温枪,128\nT-2,坏的,-1'
const upload = (query: Record<string, string>, { as = sunyue, body = LIST } = {}) =>
  server.call('POST', `/api/catalogue-imports?${new URLSearchParams({ requestId: newId(), name: '产品.csv', ...query })}`, {
    as,
    body,
    headers: { 'content-type': 'application/octet-stream' },
  })

it('a list of products is brought once per request id, looked over, mapped, started and handed back', async () => {
  const requestId = newId()
  const [first, again] = [await upload({ what: 'products', requestId }), await upload({ what: 'products', requestId })]
  expect(first.status).toBe(200)
  expect(again.json).toEqual(first.json)
  const path = `/api/catalogue-imports/${first.json.id}`
  const seen = (await server.get(path, sunyue)).json
  expect(seen).toMatchObject({ what: 'products', counts: { rows: 2, errors: 1, fresh: 1 }, columns: { code: 0, price: 2 } })
  expect(seen.fields.map((one: { label: string }) => one.label)).toContain('单价（元）')
  const mapped = await server.post(`${path}/columns`, sunyue, { columns: { ...seen.columns, price: null } })
  expect(mapped.json.counts).toMatchObject({ errors: 0, fresh: 2 })
  expect((await server.post(`${path}/columns`, sunyue, { columns: { wrong: 1 } })).status).toBe(400)
  await server.post(`${path}/columns`, sunyue, { columns: seen.columns })
  expect((await server.get(`${path}/rows?show=errors`, sunyue)).json.rows).toMatchObject([{ line: 3, error: '单价是负数' }])
  expect((await server.post(`${path}/start`, sunyue)).json.state).toBe('running')
  expect((await server.post(`${path}/drop`, sunyue)).status).toBe(409)
  const failed = await server.get(`${path}/failed.xlsx`, sunyue)
  expect(failed.headers.get('content-disposition')).toContain(encodeURIComponent('产品-没导入的.xlsx'))
  expect((await server.get('/api/catalogue-imports?what=products', sunyue)).json.imports).toHaveLength(1)
  expect((await server.get('/api/catalogue-imports?what=prices', sunyue)).json.imports).toHaveLength(0)

  for (const to of ['', '/rows', '/failed.xlsx']) expect((await server.get(`${path}${to}`, wanglei)).status).toBe(403)
  for (const to of ['columns', 'start', 'drop']) expect((await server.post(`${path}/${to}`, wanglei)).status).toBe(403)
  expect((await upload({ what: 'products' }, { as: wanglei })).status).toBe(403)
  expect((await server.get(`/api/live?subjects=catalogue-import:${first.json.id}`, wanglei)).status).toBe(403)
})

it('prices need their book, products none, and a dropped list is gone', async () => {
  expect((await upload({ what: 'prices' })).status).toBe(400)
  expect((await upload({ what: 'products', bookId: newId() })).status).toBe(400)
  expect((await upload({ what: 'prices', bookId: newId() })).status).toBe(404)
  expect((await upload({ what: 'products' }, { body: '' })).json.error.words).toBe('这个文件是空的')
  const { id } = (await upload({ what: 'products' })).json
  expect((await server.post(`/api/catalogue-imports/${id}/drop`, sunyue)).json).toMatchObject({ state: 'dropped', sample: [] })
})
