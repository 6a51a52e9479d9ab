import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { ChannelError } from '../../channels/channel-error.js'
import { clientOf, goodToken, serveQyapi } from '../../channels/wecom/fixtures/qyapi.js'
import { lookForDials, noteDialRead } from '../../domain/call/dial-window.js'
import { askForMedia } from '../../domain/message/ask-for-media.js'
import { keepMedia } from '../../domain/message/keep-media.js'
import { type EffectKind, type Effects, later } from '../../domain/outbox.js'
import { newId } from '../../lib/ids.js'
import type { Cast } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { chatOnly } from '../../test/factories/outlets.js'
import { wecomOnly } from '../../test/factories/phone.js'
import { at, DAY, HOUR, inWork, MINUTE, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import type { Effect, EffectDeps } from '../define.js'
import type { ArchiveOutlet, Outlets } from '../outlets.js'
import checkConsent from './check-consent.js'
import fetchDialRecords from './fetch-dial-records.js'
import fetchMedia from './fetch-media.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let close: () => Promise<void> = async () => {}
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast } = await createChain(database.db))
})
afterEach(async () => {
  await close()
  close = async () => {}
})

async function depsOf(answers: Parameters<typeof serveQyapi>[0], media?: ArchiveOutlet['media']) {
  const api = await serveQyapi({ gettoken: [goodToken()], ...answers })
  close = api.close
  const { wecom } = clientOf(api.base)
  const none: ArchiveOutlet['media'] = async function* () {}
  const outlets: Outlets = { ...chatOnly, archive: { use: { media: media ?? none, api: wecom }, why: null } }
  return { ...api, deps: { db: database.db, now: NOW, machineNow: NOW, ...wecomOnly(), wecom, outlets } }
}

/** As deliver.ts does it, once. */
async function deliver<K extends EffectKind, R>(effect: Effect<K, R>, deps: EffectDeps, payload: Effects[K], now = NOW) {
  const result = await effect.run(deps, payload)
  if ('receipt' in result) await inWork(database.db, async (work) => effect.keep?.(work, payload, result.receipt), now)
  return result
}

const bytes = Buffer.from('a picture of 200 KB, cut short'.repeat(40))
const md5 = createHash('md5').update(bytes).digest('hex')

/** A message with a file that somebody has tapped. */
async function asked(file: { bytes?: number; md5?: string | null } = {}): Promise<string> {
  const messageId = await cast.says('wmRenji', '[图片]')
  const named = { kind: 'image', fileId: 'f1', name: null, bytes: bytes.length, md5, ...file }
  await inWork(database.db, (work) => keepMedia(work, chatOnly.files, { messageId, media: [named] }))
  const { id } = await database.db.media.findFirstOrThrow({ where: { messageId } })
  const actor = await cast.actor('wanglei')
  await inWork(database.db, (work) => askForMedia(work, actor, id))
  return id
}
const mediaOf = (id: string) => database.db.media.findUniqueOrThrow({ where: { id } })
const inParts: ArchiveOutlet['media'] = async function* (fileId) {
  if (fileId !== 'f1') throw new Error('another file')
  yield bytes.subarray(0, 500)
  yield bytes.subarray(500)
}

it('a file is fetched once it is asked for, whole, and its receipt does not hold it', async () => {
  const id = await asked()
  expect(await mediaOf(id)).toMatchObject({ state: 'asked', data: null })
  expect(await database.db.outbox.count({ where: { kind: 'fetch-media' } })).toBe(1)
  const { deps } = await depsOf({}, inParts)
  const result = await deliver(fetchMedia, deps, { mediaId: id })
  expect(JSON.stringify(result)).toBe(JSON.stringify({ receipt: { bytes: bytes.length } }))
  const media = await mediaOf(id)
  expect(media).toMatchObject({ state: 'here', reason: null, bytes: bytes.length, fetchedAt: NOW })
  expect(Buffer.from(media.data ?? []).equals(bytes)).toBe(true)
  // A worker that died before it could say so is followed by another.
  expect(await fetchMedia.run(deps, { mediaId: id })).toHaveProperty('skip')
})

it('tapped by two at once it is asked for once; who does not see the chat can not ask', async () => {
  const id = await asked()
  const [wanglei, stranger] = [await cast.actor('wanglei'), await cast.actor('chenjing')]
  await Promise.all([1, 2].map(() => inWork(database.db, (work) => askForMedia(work, wanglei, id))))
  expect(await database.db.outbox.count({ where: { kind: 'fetch-media', payload: { path: ['mediaId'], equals: id } } })).toBe(1)
  await expect(inWork(database.db, (work) => askForMedia(work, stranger, id))).rejects.toMatchObject({ status: 404 })
})

const refusing = (error: Error): ArchiveOutlet['media'] =>
  // biome-ignore lint/correctness/useYield: it never comes to that
  async function* () {
    throw error
  }
const refusal = (code: number, kind: 'give-up' | 'config' | 'retry', hint: string) =>
  refusing(new ChannelError({ method: 'GetMediaData', code, kind, hint }))

it.each([
  ['no longer there', refusal(10005, 'give-up', '没有这个文件'), { state: 'gone', reason: '没有这个文件' }],
  ['older than five days', refusal(10010, 'retry', '超过 5 天'), { state: 'gone', reason: '超过 5 天' }],
  ['an address that is not trusted', refusal(10009, 'config', '不在可信 IP 中'), { state: 'waiting', reason: '不在可信 IP 中' }],
  ['cut short', inParts, { state: 'waiting', reason: '取来的文件不完整，再点一次试试' }],
])('%s: says so, and may be asked for again unless it is gone', async (what, media, expected) => {
  const id = await asked(what === 'cut short' ? { md5: 'f'.repeat(32) } : {})
  const { deps } = await depsOf({}, media)
  await deliver(fetchMedia, deps, { mediaId: id })
  expect(await mediaOf(id)).toMatchObject({ ...expected, data: null })
  const actor = await cast.actor('wanglei')
  const again = await inWork(database.db, (work) => askForMedia(work, actor, id))
  expect(again.state).toBe(expected.state === 'gone' ? 'gone' : 'asked')
})

it('a file that turns out larger than said is let go', async () => {
  const id = await asked()
  const { deps } = await depsOf({}, async function* () {
    for (let i = 0; i < 50; i += 1) yield Buffer.alloc(512 * 1024)
  })
  await deliver(fetchMedia, deps, { mediaId: id })
  expect(await mediaOf(id)).toMatchObject({ state: 'gone', data: null, reason: expect.stringContaining('20 MB') })
})

it('asks the archive, by its own secret, whether the customer agreed', async () => {
  const payload = { contactId: await cast.contactId('wmRenji'), personId: await cast.personId('wanglei') }
  const agreeinfo = [
    { userid: 'wanglei', exteranalopenid: 'wmRenji', agree_status: 'Disagree', status_change_time: NOW.getTime() / 1000 },
  ]
  const { deps } = await depsOf({ 'msgaudit/check_single_agree': [{ agreeinfo }, { errcode: 301052, errmsg: 'expired' }] })
  await deliver(checkConsent, deps, payload)
  const follow = () => database.db.follow.findUnique({ where: { contactId_personId: payload } })
  expect(await follow()).toMatchObject({ consent: 'refused', consentAt: NOW })
  // It can't be asked any more: what was known stays.
  await deliver(checkConsent, deps, payload, at(HOUR))
  expect(await follow()).toMatchObject({ consent: 'refused' })
  expect(await checkConsent.run({ ...deps, outlets: chatOnly }, payload)).toEqual({ skip: '会话存档没有设置' })
})

const dialled = (n: number, from: Date) =>
  Array.from({ length: n }, (_, i) => ({
    ...{ call_time: from.getTime() / 1000 + i, total_duration: 2, call_type: 1, caller: { userid: 'WangLei', duration: 2 } },
    callee: [{ phone: 13_900_100_000 + i, duration: 2 }],
  }))
const windows = () => database.db.outbox.findMany({ where: { kind: 'fetch-dial-records' }, orderBy: { id: 'asc' } })

it('公费电话: page after page, each a row of its own; read twice, a call is one', async () => {
  await database.db.chore.deleteMany()
  await inWork(database.db, lookForDials)
  await inWork(database.db, lookForDials)
  const [first, ...none] = await windows()
  expect(none).toEqual([])
  const payload = first?.payload as Effects['fetch-dial-records']
  expect(payload).toEqual({ from: at(-3 * DAY - HOUR).toISOString(), until: NOW.toISOString(), offset: 0 })
  const { deps, asksOf } = await depsOf({
    'dial/get_dial_record': [{ record: dialled(100, at(-HOUR)) }, { record: dialled(3, at(-2 * HOUR)) }],
  })
  const result = await deliver(fetchDialRecords, deps, payload)
  expect(JSON.stringify(result)).toBe('{"receipt":{"calls":100,"last":false,"why":null}}')
  if ('receipt' in result) await inWork(database.db, async (work) => fetchDialRecords.keep?.(work, payload, result.receipt))
  const next = (await windows())[1]?.payload as Effects['fetch-dial-records']
  expect(next).toEqual({ ...payload, offset: 100 })
  await deliver(fetchDialRecords, deps, next)
  expect(asksOf('dial/get_dial_record').map(({ body }) => body?.offset)).toEqual([0, 100])
  const rows = await database.db.inbox.findMany({ where: { source: 'calls' } })
  expect(rows).toHaveLength(103)
  expect(rows.map((row) => JSON.parse(row.body))).toContainEqual({
    ...{ source: 'dial', userid: 'WangLei', phone: '13900100000', seconds: 120, startedAt: at(-HOUR).toISOString() },
  })
  expect(await windows()).toHaveLength(2)
})

it('公费电话: the next stretch begins where the last one ended that was read to its end', async () => {
  await database.db.outbox.deleteMany({ where: { kind: 'fetch-dial-records' } })
  await inWork(database.db, (work) => noteDialRead(work, { until: at(-5 * HOUR).toISOString(), why: null }))
  const payload = { from: at(-DAY).toISOString(), until: at(-HOUR).toISOString(), offset: 0 }
  // Given up, or not read to its end: as if it had not been asked for.
  await inWork(database.db, (work) => later(work, { kind: 'fetch-dial-records', key: newId(), lane: 'dial', payload }))
  await inWork(database.db, lookForDials)
  expect(await windows()).toHaveLength(1)
  await database.db.outbox.updateMany({ where: { kind: 'fetch-dial-records' }, data: { state: 'failed' } })
  await inWork(database.db, lookForDials)
  const next = (await windows()).at(-1)?.payload as Effects['fetch-dial-records']
  expect(next).toEqual({ from: at(-6 * HOUR).toISOString(), until: NOW.toISOString(), offset: 0 })
  // It is read to its end: within ten minutes nobody asks again.
  const { deps } = await depsOf({ 'dial/get_dial_record': [{ record: [] }] })
  await deliver(fetchDialRecords, deps, next)
  await database.db.outbox.updateMany({ where: { kind: 'fetch-dial-records' }, data: { state: 'done' } })
  await inWork(database.db, lookForDials, at(9 * MINUTE))
  expect(await windows()).toHaveLength(2)
  await inWork(database.db, lookForDials, at(10 * MINUTE))
  expect(await windows()).toHaveLength(3)
})

it('公费电话: an app that may not read them says so, and asks again a day later', async () => {
  await database.db.outbox.deleteMany({ where: { kind: 'fetch-dial-records' } })
  const payload = { from: at(-HOUR).toISOString(), until: NOW.toISOString(), offset: 0 }
  const { deps } = await depsOf({ 'dial/get_dial_record': [{ errcode: 48002, errmsg: 'api forbidden' }] })
  const result = await deliver(fetchDialRecords, deps, payload)
  const receipt = 'receipt' in result ? JSON.parse(JSON.stringify(result.receipt)) : null
  expect(receipt).toEqual({ calls: 0, last: true, why: expect.stringContaining('权限') })
  await inWork(database.db, lookForDials, at(DAY - MINUTE))
  expect(await windows()).toEqual([])
  await inWork(database.db, lookForDials, at(DAY))
  expect(await windows()).toHaveLength(1)
})
