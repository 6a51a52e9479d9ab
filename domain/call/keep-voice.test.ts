import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { inWork, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { getVoice } from './get-voice.js'
import { keepCall } from './keep-call.js'
import { dropVoice, keepVoice } from './keep-voice.js'
import { voiceFormat } from './voice-format.js'

const WEBM = Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 1, 2, 3])
const MP4 = Buffer.from('\0\0\0\x18ftypM4A ')

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let id: string
beforeAll(async () => {
  database = await freshDb()
  cast = await createCast(database.db)
  const [personId, contactId] = [await cast.personId('wanglei'), await cast.contactId('wmRenji')]
  id = await inWork(cast.db, (work) =>
    keepCall(work, {
      ...{ source: 'page', sourceKey: 'page:1', personId, contactId, phone: null, direction: 'out', startedAt: NOW },
      ...{ seconds: 60, outcome: 'connected', recordingUrl: null, note: null },
    }),
  )
})
afterAll(() => database.close())

const says = async (userid: string, data: Buffer, seconds = 7) => {
  const actor = await cast.actor(userid)
  await inWork(cast.db, (work) => keepVoice(work, actor, { id, seconds, data }))
}
const hears = async (userid: string) => getVoice(cast.db, await cast.actor(userid), id)

it('a recording is told by its first bytes, whatever it is called', () => {
  expect([WEBM, MP4, Buffer.from('OggS\0'), Buffer.from('<svg>'), Buffer.from('')].map(voiceFormat)).toEqual([
    'audio/webm',
    'audio/mp4',
    'audio/ogg',
    null,
    null,
  ])
})

it('is kept for whoever may see the call; said again, the newer takes its place; dropped it is gone', async () => {
  await says('wanglei', WEBM)
  await says('wanglei', MP4, 12)
  expect(await cast.db.callVoice.findMany()).toMatchObject([{ callId: id, seconds: 12, mime: 'audio/mp4', saidAt: NOW }])
  expect(Buffer.from((await hears('lina')).data)).toEqual(MP4)
  await expect(hears('zhaoqiang')).rejects.toMatchObject({ status: 404 })
  const wanglei = await cast.actor('wanglei')
  for (const _ of [1, 2]) await inWork(cast.db, (work) => dropVoice(work, wanglei, { id }))
  await expect(hears('wanglei')).rejects.toMatchObject({ status: 404 })
  const verbs = (await cast.db.auditEntry.findMany({ where: { subject: `call:${id}` }, orderBy: { id: 'asc' } })).map(
    (row) => row.verb,
  )
  expect(verbs).toEqual(['call-voice', 'call-voice', 'call-voice-dropped'])
})

it('is only one’s own to say, and only a recording', async () => {
  await expect(says('chenjing', WEBM)).rejects.toMatchObject({ status: 404 })
  await expect(says('lina', WEBM)).rejects.toMatchObject({ status: 404 })
  await expect(says('wanglei', Buffer.from('<html>'))).rejects.toMatchObject({ status: 415 })
  expect(await cast.db.callVoice.count()).toBe(0)
})
