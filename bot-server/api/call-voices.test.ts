import { afterAll, beforeAll, expect, it } from 'vitest'
import { MOST_VOICE_BYTES } from '../../domain/call/keep-voice.js'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { type Server, startServer } from '../../test/factories/server.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let cast: Cast
let wanglei: string
let id: string
beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  cast = await createCast(database.db, new Date())
  server = await startServer({ database: database.url, redis: redis.url })
  wanglei = await cast.personId('wanglei')
  id = newId()
  const [contactId, now] = [await cast.contactId('wmRenji'), new Date()]
  const call = { id, source: 'page', sourceKey: `page:${id}`, direction: 'out', startedAt: now, heardAt: now }
  await database.db.call.create({ data: { ...call, personId: wanglei, contactId } })
})
afterAll(async () => {
  await server.close()
  await Promise.all([database.close(), redis.stop()])
})

const OGG = `OggS${'0123456789'.repeat(300)}`
const says = (body: string | Blob, { seconds = '7', requestId = newId(), as = wanglei } = {}) =>
  server.call('POST', `/api/calls/${id}/voice?${new URLSearchParams({ requestId, seconds })}`, {
    as,
    body,
    headers: { 'content-type': 'application/octet-stream' },
  })
const hears = (range?: string, as = wanglei) =>
  server.call('GET', `/api/calls/${id}/voice`, { as, headers: range ? { range } : {} })

it('is sent as it is, once per request, and given back whole or in part', async () => {
  expect((await hears()).status).toBe(404)
  const requestId = newId()
  const [first, again] = [await says(OGG, { requestId }), await says(OGG, { requestId })]
  expect(first.json).toMatchObject({ id, voice: { seconds: 7 } })
  expect(again.json).toEqual(first.json)
  expect(await database.db.auditEntry.count({ where: { verb: 'call-voice' } })).toBe(1)

  const whole = await hears()
  expect([whole.status, whole.text, whole.headers.get('content-type')]).toEqual([200, OGG, 'audio/ogg'])
  for (const [range, status, text, said] of [
    ['bytes=0-3', 206, 'OggS', 'bytes 0-3/3004'],
    ['bytes=3002-', 206, '89', 'bytes 3002-3003/3004'],
    ['bytes=-4', 206, '6789', 'bytes 3000-3003/3004'],
    ['bytes=3000-9999', 206, '6789', 'bytes 3000-3003/3004'],
    ['bytes=5000-', 416, '', 'bytes */3004'],
    ['bytes=0-1,3-4', 200, OGG, null],
  ] as const) {
    const part = await hears(range)
    expect([range, part.status, part.text, part.headers.get('content-range')]).toEqual([range, status, text, said])
  }
})

it('is refused where it is no recording, too long, too large or another’s', async () => {
  expect((await says('<html>')).status).toBe(415)
  for (const seconds of ['0', '61', '', '7.5']) expect((await says(OGG, { seconds })).status).toBe(400)
  expect((await says(`OggS${'x'.repeat(MOST_VOICE_BYTES)}`)).status).toBe(413)
  const zhaoqiang = await cast.personId('zhaoqiang')
  expect((await says(OGG, { as: zhaoqiang })).status).toBe(404)
  expect((await hears(undefined, zhaoqiang)).status).toBe(404)
  expect(await database.db.callVoice.count()).toBe(1)
})
