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
let wang: string
let chen: string
beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  server = await startServer({ database: database.url, redis: redis.url })
  cast = await createCast(database.db, new Date())
  ;[wang, chen] = await Promise.all([cast.personId('wanglei'), cast.personId('chenjing')])
})
afterAll(async () => {
  await server.close()
  await Promise.all([database.close(), redis.stop()])
})

const keep = async (text: string, as = wang): Promise<string> => (await server.post('/api/forwards', as, { text })).json.id

it('words first, then whose they are: the customer that they name stands first', async () => {
  const id = await keep('华强五金的螺栓改成500套')
  const { json } = await server.get(`/api/forwards/${id}`, wang)
  expect(json).toMatchObject({ id, text: '华强五金的螺栓改成500套', used: false })
  expect(json.likely[0]).toMatchObject({ customer: { name: '华强五金' }, contactName: '黄老板' })
  expect((await server.get('/api/forwards', wang)).json.forwards.map((one: { id: string }) => one.id)).toEqual([id])

  const { contactId } = json.likely[0]
  const requestId = newId()
  const first = await server.post(`/api/forwards/${id}/use`, wang, { requestId, contactId })
  const again = await server.post(`/api/forwards/${id}/use`, wang, { requestId, contactId })
  expect(first.json).toEqual(again.json)
  expect(first.json).toMatchObject({ contactId, result: { kind: 'saved', already: 0 } })
  expect(await database.db.message.count({ where: { id: { in: first.json.result.messageIds }, speaker: 'customer' } })).toBe(1)
  expect((await server.get('/api/forwards', wang)).json.forwards).toEqual([])
})

it('stays open while it isn’t known who spoke', async () => {
  const id = await keep('阿强 2026/11/20 09:12:03\n这批再加100套\n\n林工 2026/11/20 09:13:10\n收到')
  const customerId = (await cast.customer('wmHuaqiang')).id
  const asked = await server.post(`/api/forwards/${id}/use`, wang, { customerId })
  expect(asked.json.result).toEqual({ kind: 'who-spoke', names: ['阿强', '林工'] })
  expect((await server.get('/api/forwards', wang)).json.forwards).toHaveLength(1)
  const told = await server.post(`/api/forwards/${id}/use`, wang, { customerId, customerNames: ['阿强'] })
  expect(told.json.result).toMatchObject({ kind: 'saved' })
  expect((await server.get('/api/forwards', wang)).json.forwards).toEqual([])
})

it('is nobody else’s to read, to place or to drop, and leads to no customer of another’s', async () => {
  const id = await keep('数量加到300套')
  const { id: notTheirs } = await cast.customer('wmHuaqiang')
  expect((await server.get(`/api/forwards/${id}`, chen)).status).toBe(404)
  expect((await server.post(`/api/forwards/${id}/use`, chen, { customerId: notTheirs })).status).toBe(404)
  await server.post(`/api/forwards/${id}/drop`, chen)
  expect((await server.get('/api/forwards', wang)).json.forwards).toHaveLength(1)
  const hers = await keep('数量加到300套', chen)
  expect((await server.post(`/api/forwards/${hers}/use`, chen, { customerId: notTheirs })).status).toBe(409)
  expect((await server.get('/api/forwards', await cast.personId('zhaoqiang'))).json.forwards).toEqual([])
  expect((await server.post('/api/forwards', await cast.personId('zhaoqiang'), { text: '好' })).status).toBe(403)

  await server.post(`/api/forwards/${id}/drop`, wang)
  expect((await server.get('/api/forwards', wang)).json.forwards).toEqual([])
})
