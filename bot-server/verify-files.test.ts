import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Server, startServer } from '../test/factories/server.js'
import { freshDb } from '../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../test/setup/redis.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server

beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  const VERIFY_FILES = JSON.stringify({ 'WW_verify_AbC123.txt': 'AbC123', 'MP_verify_xyz.txt': ' Xyz9\n' })
  server = await startServer({ database: database.url, redis: redis.url, env: { VERIFY_FILES } })
})
afterAll(async () => {
  await server.close()
  await Promise.all([database.close(), redis.stop()])
})

it('serves the files of the settings to anybody, bare', async () => {
  const answer = await server.get('/WW_verify_AbC123.txt')
  expect(answer).toMatchObject({ status: 200, text: 'AbC123' })
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect((await server.get('/MP_verify_xyz.txt')).text).toBe('Xyz9')
  expect(await server.call('HEAD', '/WW_verify_AbC123.txt')).toMatchObject({ status: 200, text: '' })
})

it.each([
  '/WW_verify_other.txt',
  '/ww_verify_AbC123.txt',
  '/WW_verify_AbC123.txt/',
  '/h5/../WW_verify_xyz.txt',
  '/constructor',
  '/__proto__',
])('serves nothing else: %s', async (path) => {
  expect((await server.get(path)).status).toBe(404)
})

it('does not take a write for a reading', async () => {
  expect((await server.call('POST', '/WW_verify_AbC123.txt')).status).toBe(404)
})
