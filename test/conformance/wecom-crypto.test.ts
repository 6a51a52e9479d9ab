import { decrypt, getSignature } from '@wecom/crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startProduct } from '../../simulator/testing/product.js'
import {
  AES_KEY,
  ARCHIVE_AES_KEY,
  ARCHIVE_TOKEN,
  CORP_ID,
  eventually,
  startForTest,
  type TestStandin,
  TOKEN,
} from '../../simulator/testing/start.js'

/** The official crypto library on the product's side of the stand-in. */
let standin: TestStandin
let product: Awaited<ReturnType<typeof startProduct>>
beforeEach(async () => {
  product = await startProduct()
  standin = await startForTest({ product: product.base })
})
afterEach(async () => {
  await standin.close()
  await product.close()
})

const open = (token: string, aesKey: string) => {
  const [got] = product.received
  const query = Object.fromEntries(got?.url.searchParams ?? [])
  const encrypted = /<Encrypt><!\[CDATA\[(.+?)\]\]><\/Encrypt>/.exec(got?.body ?? '')?.[1] ?? ''
  expect(getSignature(token, query.timestamp ?? '', query.nonce ?? '', encrypted)).toBe(query.msg_signature)
  return decrypt(aesKey, encrypted)
}

it('opens a message to the application', async () => {
  await standin.control('bot', { userid: 'wanglei', text: '今日必跟 ]]> <b>' })
  await eventually(() => expect(product.received).toHaveLength(1))
  const { message, id } = open(TOKEN, AES_KEY)
  expect(id).toBe(CORP_ID)
  expect(message).toContain('<Content><![CDATA[今日必跟 ]]]]><![CDATA[> <b>]]></Content>')
})

it("opens the archive's notice under its own token and key", async () => {
  await standin.control('chat', { rep: 'wanglei', externalUserId: 'wmRenji', from: 'customer', text: '在吗' })
  await eventually(() => expect(product.received).toHaveLength(1))
  const { message, id } = open(ARCHIVE_TOKEN, ARCHIVE_AES_KEY)
  expect(id).toBe(CORP_ID)
  expect(message).toContain('<Event><![CDATA[msgaudit_notify]]></Event>')
})

it('answers the verification of the address', async () => {
  const answer = (change: (echo: string) => string) => {
    product.handle = ({ url }, res) => {
      const { msg_signature, timestamp = '', nonce = '', echostr = '' } = Object.fromEntries(url.searchParams)
      expect(getSignature(TOKEN, timestamp, nonce, echostr)).toBe(msg_signature)
      res.end(change(decrypt(AES_KEY, echostr).message))
    }
    return standin.control('callback/verify', { config: 'app' })
  }
  expect(await answer((echo) => echo)).toMatchObject({ verified: true, status: 200 })
  expect(await answer((echo) => `"${echo}"`)).toMatchObject({ verified: false })
  expect(await answer((echo) => `${echo}\n`)).toMatchObject({ verified: false })
})
