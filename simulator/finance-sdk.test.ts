import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { ARCHIVE_KEY, ARCHIVE_SECRET, CORP_ID, startForTest } from './testing/start.js'

const SDK = fileURLToPath(new URL('finance-sdk.mjs', import.meta.url))

/** What a customer's own program does: pull, open the random key with node:crypto, let the SDK decrypt. */
const READER = `
import { constants, createPrivateKey, privateDecrypt } from 'node:crypto'
const sdk = await import(process.env.SDK)
const handle = sdk.NewSdk()
const init = sdk.Init(handle, process.env.CORP, process.env.SECRET)
const { ret, data } = await sdk.GetChatData(handle, Number(process.env.SEQ), 100, '', '', 5)
const key = createPrivateKey(process.env.KEY)
const texts = JSON.parse(data || '{"chatdata":[]}').chatdata.map((record) => {
  // Node 20 refuses PKCS#1 v1.5 for private keys (CVE-2023-46809), so the padding 00 02 … 00 is taken off by hand.
  const padded = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.from(record.encrypt_random_key, 'base64'))
  const random = padded.subarray(padded.indexOf(0, 2) + 1).toString()
  return JSON.parse(sdk.DecryptData(random, record.encrypt_chat_msg).data)
})
const spoilt = sdk.DecryptData('other key', 'AAAA').ret
sdk.DestroySdk(handle)
console.log(JSON.stringify({ init, ret, texts, spoilt }))
`

async function read(url: string, more: Record<string, string> = {}) {
  const env = {
    SDK,
    CORP: CORP_ID,
    SECRET: ARCHIVE_SECRET,
    SEQ: '10',
    KEY: String(ARCHIVE_KEY.export({ type: 'pkcs8', format: 'pem' })),
    ...more,
  }
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', READER], {
    env: { PATH: process.env.PATH, WECOM_API_BASE: url, ...env },
  })
  return JSON.parse(stdout)
}

it('opens a record with nothing but node and the private key', async () => {
  const standin = await startForTest()
  const { id } = await standin.control('chat', {
    rep: 'wanglei',
    externalUserId: 'wmRenji',
    from: 'customer',
    text: '交期改成下周五吧',
  })
  const { init, ret, texts, spoilt } = await read(standin.base)
  expect([init, ret, spoilt]).toEqual([0, 0, 10008])
  expect(texts).toEqual([
    {
      msgid: id,
      action: 'send',
      from: 'wmRenji',
      tolist: ['wanglei'],
      roomid: '',
      msgtime: expect.any(Number),
      msgtype: 'text',
      text: { content: '交期改成下周五吧' },
    },
  ])
  await standin.control('clock', { advanceMs: 6 * 86_400_000 })
  expect((await read(standin.base, { SEQ: '1' })).ret).toBe(10010)
  await standin.close()
  expect((await read(standin.base)).ret).toBe(10001)
})
