import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { makePng } from '../../test/factories/pictures.js'
import { writtenProduct } from '../../test/factories/products.js'
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

const DRILL = writtenProduct({ name: '充电式冲击钻', code: 'CJZ-20', price: '899', cost: '610', nicknames: ['电钻'] })

it('a product is written once per request id, found by everybody, and its cost is not for reps', async () => {
  const requestId = newId()
  const [first, again] = [
    await server.post('/api/products', sunyue, { ...DRILL, requestId }),
    await server.post('/api/products', sunyue, { ...DRILL, requestId }),
  ]
  expect(first.json).toMatchObject({ name: '充电式冲击钻', cost: '610', version: 1 })
  expect(again.json.id).toBe(first.json.id)
  const path = `/api/products/${first.json.id}`
  const found = await server.get(`/api/products/search?query=${encodeURIComponent('diānzuan')}`, wanglei)
  expect(found.json).toEqual({ products: [] })
  for (const query of ['dianzuan', '电钻', 'CJZ'])
    expect((await server.get(`/api/products/search?query=${encodeURIComponent(query)}`, wanglei)).json.products).toMatchObject([
      { id: first.json.id, price: '899' },
    ])
  const seen = await server.get(path, wanglei)
  expect(seen.json).toMatchObject({ cost: null, mayEdit: false })
  expect((await server.get('/api/products', wanglei)).text).not.toContain('610')
  const edited = await server.post(path, sunyue, { ...DRILL, version: 1, price: '888.5' })
  expect(edited.json).toMatchObject({ price: '888.5', version: 2 })
  expect((await server.post(path, sunyue, { ...DRILL, version: 1 })).status).toBe(409)
  expect((await server.post(`${path}/stop`, sunyue, { version: 2, stopped: true })).json.stopped).toBe(true)
  const ofAll = async (query: string) => (await server.get(`/api/products?${query}`, sunyue)).json.products.length
  expect((await ofAll('stopped=1&query=CJZ')) - (await ofAll('query=CJZ'))).toBe(1)

  for (const to of ['', '/stop', '/pictures', '/pictures/order'])
    expect((await server.post(`${path}${to}`, wanglei)).status).toBe(403)
  expect((await server.post('/api/products', wanglei, DRILL)).status).toBe(403)
  expect((await server.get('/api/products/nothing', wanglei)).status).toBe(400)
  expect((await server.get(`/api/products/${newId()}`, wanglei)).status).toBe(404)
})

it('a picture comes with its small one in one body, and is sent as what it is', async () => {
  const { id } = (await server.post('/api/products', sunyue, { ...DRILL, code: null })).json
  const [whole, small] = [makePng(320, 240), makePng(160, 120)]
  const upload = (parts: BlobPart[], size: number | string) =>
    server.call('POST', `/api/products/${id}/pictures?requestId=${newId()}&small=${size}`, {
      as: sunyue,
      body: new Blob(parts),
      headers: { 'content-type': 'application/octet-stream' },
    })
  const view = await upload([whole, small], small.length)
  expect(view.json).toMatchObject({ pictures: [{ width: 320, height: 240 }] })
  for (const [parts, size] of [
    [[whole], 99_999_999],
    [[whole, small], 1],
    [['hello'], 2],
    [[], 'x'],
  ] as [BlobPart[], number | string][])
    expect((await upload(parts, size)).status).toBe(400)
  expect((await upload([new Uint8Array(3 * 1024 * 1024)], 10)).status).toBe(413)

  const path = `/api/products/pictures/${view.json.pictureId}`
  const [one, other] = [await server.get(path, wanglei), await server.get(`${path}?size=small`, wanglei)]
  expect([one.headers.get('content-length'), other.headers.get('content-length')]).toEqual([`${whole.length}`, `${small.length}`])
  expect(one.headers.get('content-type')).toBe('image/png')
  expect(one.headers.get('cache-control')).toContain('immutable')
  expect((await server.get(path)).status).toBe(401)
  const gone = await server.post(`/api/products/${id}/pictures/order`, sunyue, { pictureIds: [] })
  expect(gone.json).toMatchObject({ pictureId: null, pictures: [] })
})

it('a risk is opened, stands beside the product, and is closed', async () => {
  const { id } = (await server.post('/api/products', sunyue, { ...DRILL, code: null })).json
  const input = { productId: id, customerId: null, words: '高温下会停机' }
  const risk = await server.post('/api/tech-risks', sunyue, input)
  expect((await server.get(`/api/products/${id}/risks`, wanglei)).json).toMatchObject({
    risks: [{ words: '高温下会停机' }],
    mayJudge: false,
  })
  expect((await server.post('/api/tech-risks', wanglei, input)).status).toBe(403)
  expect((await server.post(`/api/tech-risks/${risk.json.id}/close`, sunyue, { words: '换了电机' })).status).toBe(200)
  expect((await server.get(`/api/products/${id}/risks`, sunyue)).json).toEqual({ risks: [], mayJudge: true })
  expect((await server.get('/api/products/params', wanglei)).json.params).toBeInstanceOf(Array)
})
