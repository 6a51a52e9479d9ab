import { generateKeyPairSync } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Scene, sealRecord } from '../channels/wecom/archive/fixtures/finance-sdk.js'
import { type Archive, createArchive } from '../channels/wecom/archive/puller.js'
import { type Bells, createBells } from '../lib/bells.js'
import { createClock } from '../lib/clock.js'
import type { Db } from '../lib/db.js'
import { createLive, type Live } from '../lib/live.js'
import { keepLog } from '../test/factories/log.js'
import { freshDb } from '../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../test/setup/redis.js'
import { createArchivePull } from './pull-archive.js'

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
})
const sdk = fileURLToPath(new URL('../channels/wecom/archive/fixtures/finance-sdk.ts', import.meta.url))
/** 10:00 in Shanghai. */
const now = new Date('2026-11-23T02:00:00Z')
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const { log } = keepLog()

let db: Db
let close: () => Promise<void>
let redis: FreshRedis
let bells: Bells
let live: Live
beforeAll(async () => {
  ;[{ db, close }, redis] = await Promise.all([freshDb(), freshRedis()])
  bells = createBells(redis.url, log)
  live = createLive(redis.url, log)
})
afterAll(async () => {
  await bells.close()
  live.close()
  await Promise.all([close(), redis.stop()])
})

let archive: Archive
beforeEach(() => db.$executeRaw`TRUNCATE archive_cursor, inbox, inbox_key`)
afterEach(() => archive.stop())

const sealed = (seq: number) =>
  sealRecord(publicKey, {
    ...{ seq, version: 1 },
    record: {
      ...{ msgid: `m${seq}`, action: 'send', from: 'wmRenji', tolist: ['wanglei'], roomid: '', msgtime: now.getTime() },
      ...{ msgtype: 'text', text: { content: `第${seq}句` } },
    },
  })
/** One pull of a real child from an archive that holds this. */
async function pull(scene: Scene): Promise<void> {
  await archive?.stop()
  const settings = { corpId: 'wwcorp', secret: JSON.stringify(scene), keys: { 1: privateKey }, sdk, production: false }
  archive = createArchive({ settings, log })
  const clock = createClock({ production: true, machineNow: () => now })
  await createArchivePull({ db, clock, bells, live, archive, log, apartMs: 0 }).run()
}
const standing = (seq: number, pulledAt: Date) =>
  db.archiveCursor.create({ data: { source: 'wecom', seq: BigInt(seq), pulledAt } })
const cursor = () => db.archiveCursor.findUniqueOrThrow({ where: { source: 'wecom' } })

it('brings what is new into the inbox, once, and remembers where it stands', async () => {
  await pull({ chatdata: [sealed(1), sealed(2)] })
  await pull({ chatdata: [sealed(1), sealed(2), sealed(3)] })
  expect((await db.inbox.findMany({ orderBy: { seq: 'asc' } })).map((row) => row.key)).toEqual(
    [1, 2, 3].map((seq) => `wecom-archive:m${seq}`),
  )
  expect(await cursor()).toMatchObject({ seq: 3n, pulledAt: now, reason: null, gap: null })
})

it('tells of records that the platform no longer has, and goes on telling when all is well again', async () => {
  await standing(3, ago(7 * 24))
  await pull({ chatdata: [sealed(7)], ret: { 3: 10010 } })
  const gap = '上次读取是11月16日 10:00，会话存档只提供最近 5 天：11月18日 10:00 之前的会话已经缺了一段，请让销售粘贴补上'
  expect(await cursor()).toMatchObject({ seq: 7n, reason: null, gap })
  await pull({ chatdata: [sealed(7), sealed(8)] })
  expect(await cursor()).toMatchObject({ seq: 8n, reason: null, gap })
})

it('tells that something may be missing when nobody looked for longer than the platform keeps', async () => {
  await standing(3, ago(5 * 24 + 1))
  await pull({ chatdata: [sealed(7)] })
  expect(await cursor()).toMatchObject({ seq: 7n, gap: expect.stringContaining('可能缺了一段') })
})

it('tells of no gap when it looked in time, nor at the very first look', async () => {
  await standing(3, ago(4 * 24))
  await pull({ chatdata: [sealed(7)] })
  expect((await cursor()).gap).toBeNull()
  await db.archiveCursor.deleteMany()
  await pull({ chatdata: [sealed(7)] })
  expect((await cursor()).gap).toBeNull()
})

it('says why it can not be read, until it can', async () => {
  await pull({ chatdata: [], ret: { 0: 10009 } })
  expect(await cursor()).toMatchObject({ reason: expect.stringContaining('可信 IP'), gap: null })
  await pull({ chatdata: [sealed(1)] })
  expect(await cursor()).toMatchObject({ reason: null, seq: 1n })
})

it('pulls once for however many rings come together, and once more for those that came meanwhile', async () => {
  await pull({ chatdata: [sealed(1)] })
  let pulls = 0
  const counted: Archive = {
    ...archive,
    pull(seq) {
      pulls += 1
      return archive.pull(seq)
    },
  }
  const clock = createClock({ production: true, machineNow: () => now })
  const rung = createArchivePull({ db, clock, bells, live, archive: counted, log, apartMs: 300 })
  await Promise.all(Array.from({ length: 50 }, () => rung.run()))
  expect(pulls).toBeLessThanOrEqual(2)
  const first = pulls
  // What piled up while nobody was there to pull is rung one after the other.
  for (let i = 0; i < 50; i++) void rung.run()
  await rung.run()
  expect(pulls - first).toBeLessThanOrEqual(2)
})
