import { execFileSync, fork, spawnSync } from 'node:child_process'
import { constants, generateKeyPairSync, publicEncrypt, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { TryLater } from '../../../lib/errors.js'
import { keepLog } from '../../../test/factories/log.js'
import { waitFor } from '../../../test/rig/wait-for.js'
import { makeTemp } from '../../../test/setup/temp.js'
import type { ArchiveSettings, ToChild } from './messages.js'
import { type Archive, createArchive } from './puller.js'

/** The real binding in a real child, driving a library that is compiled here from C. */
const compiler = ['cc', 'gcc', 'clang'].find((name) => spawnSync(name, ['--version']).status === 0)
if (!compiler) console.warn('No C compiler (cc, gcc, clang): the binding of the native Finance SDK is NOT tested on this machine')

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
let home: string
let scene: string
let library: string
let count = 0
beforeAll(async () => {
  home = await makeTemp('native')
  library = join(home, 'libWeWorkFinanceSdk_C.so')
  const source = fileURLToPath(new URL('./fixtures/finance-sdk.c', import.meta.url))
  if (compiler) execFileSync(compiler, ['-shared', '-fPIC', '-O1', '-o', library, source])
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

let archive: Archive
beforeEach(() => {
  scene = join(home, `scene-${count++}`)
  mkdirSync(scene)
})
afterEach(() => archive?.stop())

/** What the library finds under this name. */
const lay = (name: string, content: string | Buffer = '') => writeFileSync(join(scene, name), content)
const settings = (): ArchiveSettings => ({
  corpId: 'wwcorp',
  secret: scene,
  keys: { 1: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string },
  sdk: library,
  production: true,
})
function open(other: Partial<ArchiveSettings> = {}, deadlineMs?: number): Archive {
  archive = createArchive({ settings: { ...settings(), ...other }, log: keepLog().log, ...(deadlineMs ? { deadlineMs } : {}) })
  return archive
}

const message = (seq: number, content: string) => ({
  ...{ msgid: `m${seq}`, action: 'send', from: 'wmRenji', tolist: ['wanglei'], roomid: '', msgtime: 1_547_087_894_783 },
  ...{ msgtype: 'text', text: { content } },
})
function sealed(seq: number, content: string, under = `key${seq}`) {
  const key = publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(`key${seq}`))
  const body = `${under}${JSON.stringify(message(seq, content))}`
  return { seq, msgid: `m${seq}`, publickey_ver: 1, encrypt_random_key: key.toString('base64'), encrypt_chat_msg: body }
}
const chatdata = (...items: object[]) => JSON.stringify({ errcode: 0, errmsg: 'ok', chatdata: items })
const far = 2 ** 40 // does not fit into 32 bits

describe.skipIf(!compiler)(`the native library, compiled with ${compiler ?? 'nothing: there is no C compiler'}`, () => {
  it('gives what follows, decrypted, in production too', async () => {
    lay(
      `${far}.json`,
      chatdata(sealed(far + 1, '交期改成下周五吧'), sealed(far + 2, '好的', 'another key'), sealed(far + 3, '👌')),
    )
    const pull = await open().pull(far)
    expect(pull.rows.map((row) => JSON.parse(row.body).text.content)).toEqual(['交期改成下周五吧', '👌'])
    expect(pull).toMatchObject({ nextSeq: far + 3, unread: [{ seq: far + 2, reason: 'decrypt' }], gap: false })
  })

  it('takes back all that it lent: a long batch, again and again', async () => {
    lay('0.json', chatdata(...Array.from({ length: 150 }, (_, i) => sealed(i + 1, '一'.repeat(500)))))
    open()
    for (const _ of [1, 2, 3]) expect((await archive.pull(0)).rows).toHaveLength(150)
  })

  it('says why it gives nothing', async () => {
    lay('0.ret', '10009')
    lay('1.ret', '10010')
    lay('0.json', chatdata())
    await expect(open().pull(0)).rejects.toMatchObject({ method: 'GetChatData', code: 10009, kind: 'config' })
    await archive.stop()
    await expect(open({ corpId: 'wwother' }).pull(0)).rejects.toMatchObject({ method: 'Init', code: 10000, kind: 'config' })
  })

  it('gives a file part by part, with pulls in between', async () => {
    const file = randomBytes(3_500)
    lay('f1.bin', file)
    lay('0.json', chatdata(sealed(1, '看图')))
    open()
    const parts: Uint8Array[] = []
    for await (const part of archive.media('f1')) {
      parts.push(part)
      if (parts.length === 1) expect(await archive.pull(0)).toMatchObject({ nextSeq: 1 })
    }
    expect(parts.map((part) => part.length)).toEqual([1_000, 1_000, 1_000, 500])
    expect(Buffer.concat(parts)).toEqual(file)
    const missing = archive.media('nowhere')[Symbol.asyncIterator]().next()
    await expect(missing).rejects.toMatchObject({ method: 'GetMediaData', code: 10005, kind: 'give-up' })
  })

  it('may crash: the worker lives, and the next pull is another child’s', async () => {
    lay('5.crash')
    lay('0.json', chatdata(sealed(1, '还在')))
    await expect(open().pull(5)).rejects.toThrow(TryLater)
    expect(await archive.pull(0)).toMatchObject({ nextSeq: 1 })
  })

  it('is the administrator’s matter when it crashes again and again, until it does no more', async () => {
    lay('5.crash')
    lay('0.json', chatdata(sealed(1, '还在')))
    open()
    for (const _ of [1, 2]) await expect(archive.pull(5)).rejects.toThrow(TryLater)
    const hint = expect.stringContaining('WECOM_FINANCE_SDK')
    await expect(archive.pull(5)).rejects.toMatchObject({ name: 'ChannelError', kind: 'config', code: 'child-lost', hint })
    expect(await archive.pull(0)).toMatchObject({ nextSeq: 1 })
    await expect(archive.pull(5)).rejects.toThrow(TryLater)
  })

  it('may hang: the child is ended, and the next pull is another child’s', async () => {
    lay('5.hang')
    lay('0.json', chatdata(sealed(1, '还在')))
    await expect(open({}, 3_000).pull(5)).rejects.toThrow(TryLater)
    expect(await archive.pull(0)).toMatchObject({ nextSeq: 1 })
  })

  it('leaves nobody behind who hangs in it when the worker is gone', async () => {
    lay('5.hang')
    lay('0.json', chatdata())
    const file = fileURLToPath(new URL('./child.ts', import.meta.url))
    const child = fork(file, [], { execArgv: ['--import', import.meta.resolve('tsx')], serialization: 'advanced' })
    onTestFinished(() => void child.kill('SIGKILL'))
    const tell = (what: ToChild) => void child.send(what)
    tell({ kind: 'open', settings: settings() })
    tell({ kind: 'pull', seq: 0, limit: 200 })
    await once(child, 'message')
    tell({ kind: 'pull', seq: 5, limit: 200 })
    await waitFor(() => existsSync(join(scene, '5.hangs')))
    const left = once(child, 'exit')
    child.disconnect()
    await left
  })

  it('is told from what is no such library, and from none', async () => {
    const other = join(home, 'other.so')
    writeFileSync(join(home, 'other.c'), 'int NewSdk(void) { return 0; }')
    execFileSync(String(compiler), ['-shared', '-fPIC', '-o', other, join(home, 'other.c')])
    await expect(open({ sdk: other }).pull(0)).rejects.toMatchObject({
      kind: 'config',
      hint: expect.stringContaining('没有 Init'),
    })
    await archive.stop()
    const hint = expect.stringContaining('加载不了')
    await expect(open({ sdk: '/opt/wework/none.so' }).pull(0)).rejects.toMatchObject({ kind: 'config', hint })
  })
})
