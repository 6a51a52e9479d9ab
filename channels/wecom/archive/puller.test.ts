import { generateKeyPairSync } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { TryLater } from '../../../lib/errors.js'
import type { Log } from '../../../lib/log.js'
import { type Scene, sealRecord } from './fixtures/finance-sdk.js'
import type { ArchiveSettings } from './messages.js'
import { type Archive, createArchive } from './puller.js'

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
const [first, second] = [pair(), pair()]
const sdk = fileURLToPath(new URL('./fixtures/finance-sdk.ts', import.meta.url))
const log: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log }

let archive: Archive
afterEach(() => archive.stop())

/** A real child with a real module; the scene is what its archive holds. */
function open(scene: Scene, settings: Partial<ArchiveSettings> = {}, deadlineMs?: number): Archive {
  const keys = { '1': first.privateKey, '2': second.privateKey }
  const whole = { corpId: 'wwcorp', secret: JSON.stringify(scene), keys, sdk, production: false, ...settings }
  archive = createArchive({ settings: whole, log, ...(deadlineMs ? { deadlineMs } : {}) })
  return archive
}

const record = (seq: number) => ({
  msgid: `m${seq}`,
  action: 'send',
  from: 'wmRenji',
  tolist: ['WangLei'],
  roomid: '',
  msgtime: 1547087894783 + seq,
  msgtype: 'text',
  text: { content: `第${seq}句` },
})
const sealed = (seq: number, version = 1) =>
  sealRecord(version === 2 ? second.publicKey : first.publicKey, { seq, version, record: record(seq) })

describe('pull', () => {
  it('brings what follows, under two key pairs, as rows of the chat that they belong to', async () => {
    open({ chatdata: [sealed(1), sealed(2, 2), sealed(3)] })
    const pull = await archive.pull(1)
    expect(pull).toEqual({
      rows: [
        { key: 'wecom-archive:m2', lane: 'wecom:chat:wanglei:wmRenji', body: JSON.stringify(record(2)) },
        { key: 'wecom-archive:m3', lane: 'wecom:chat:wanglei:wmRenji', body: JSON.stringify(record(3)) },
      ],
      nextSeq: 3,
      more: false,
      unread: [],
      gap: false,
    })
    expect(await archive.pull(3)).toMatchObject({ rows: [], nextSeq: 3 })
  })

  it('says that there is more after a full batch, and calls wait for each other', async () => {
    open({ chatdata: Array.from({ length: 230 }, (_, i) => sealed(i + 1)) })
    const [one, two] = await Promise.all([archive.pull(0), archive.pull(200)])
    expect([one.rows.length, one.nextSeq, one.more]).toEqual([200, 200, true])
    expect([two.rows.length, two.nextSeq, two.more]).toEqual([30, 230, false])
  })

  it('goes past a record that can never be read, and names it', async () => {
    const foreign = { ...sealed(2), encrypt_chat_msg: Buffer.from('other|{}').toString('base64') }
    const noKey = { ...sealed(3), encrypt_random_key: 'AAAA' }
    const noRecord = sealRecord(first.publicKey, { seq: 4, version: 1, record: 'no JSON' })
    open({ chatdata: [sealed(1), foreign, noKey, noRecord, sealed(5)] })
    const pull = await archive.pull(0)
    expect(pull.rows.map((row) => row.key)).toEqual(['wecom-archive:m1', 'wecom-archive:m5'])
    expect(pull.nextSeq).toBe(5)
    expect(pull.unread).toEqual([
      { seq: 2, msgid: 'm2', reason: 'decrypt' },
      { seq: 3, msgid: 'm3', reason: 'key' },
      { seq: 4, msgid: 'm4', reason: 'shape' },
    ])
  })

  it('stops before a record whose private key is missing, and then says so: going on would lose it', async () => {
    open({ chatdata: [sealed(1), sealed(2, 2)] }, { keys: { '1': first.privateKey } })
    expect(await archive.pull(0)).toMatchObject({ nextSeq: 1, more: true })
    await expect(archive.pull(1)).rejects.toMatchObject({
      kind: 'config',
      code: 'key-version',
      hint: expect.stringContaining('第 2 版'),
    })
  })

  it('begins again with the oldest that is left when its place is older than five days', async () => {
    open({ chatdata: [sealed(7), sealed(8)], ret: { 3: 10010 } })
    expect(await archive.pull(3)).toMatchObject({ rows: [{ key: 'wecom-archive:m7' }, {}], nextSeq: 8, gap: true })
  })

  it.each([
    [10001, 'retry'],
    [10009, 'config'],
    [301052, 'config'],
  ])('sorts the SDK code %i: %s', async (code, kind) => {
    open({ chatdata: [], ret: { 0: code } })
    await expect(archive.pull(0)).rejects.toMatchObject({ name: 'ChannelError', method: 'GetChatData', code, kind })
  })

  it('says what is wrong with the settings, and never shows the secret', async () => {
    open({ chatdata: [], init: 10000 })
    const error = await archive.pull(0).catch((e: Error) => e)
    expect(error).toMatchObject({ method: 'Init', kind: 'config' })
    expect(String(error)).not.toContain('chatdata')
  })
})

describe('the child', () => {
  it('may crash: the pull is tried later, by another child', async () => {
    open({ chatdata: [sealed(1)], crashAt: 5 })
    await expect(archive.pull(5)).rejects.toThrow(TryLater)
    expect(await archive.pull(0)).toMatchObject({ nextSeq: 1 })
  })

  it('may hang: it is ended, and the pull is tried later, by another child', async () => {
    open({ chatdata: [sealed(1)], hangAt: 5 }, {}, 3_000)
    await expect(archive.pull(5)).rejects.toThrow(TryLater)
    expect(await archive.pull(0)).toMatchObject({ nextSeq: 1 })
  })

  it('takes no module in production, and none without the functions', async () => {
    open({ chatdata: [] }, { production: true })
    await expect(archive.pull(0)).rejects.toMatchObject({ kind: 'config', hint: expect.stringContaining('正式环境') })
    await archive.stop()
    open({ chatdata: [] }, { sdk: fileURLToPath(new URL('./quote.ts', import.meta.url)) })
    await expect(archive.pull(0)).rejects.toMatchObject({ kind: 'config', hint: expect.stringContaining('NewSdk') })
  })

  it('leaves when it is told to, and pulls no more', async () => {
    open({ chatdata: [] })
    await archive.pull(0)
    await archive.stop()
    await expect(archive.pull(0)).rejects.toThrow(TryLater)
  })
})
