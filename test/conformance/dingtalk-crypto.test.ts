import { decrypt, encrypt, getSignature } from '@wecom/crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { outcomeOf } from '../../simulator/testing/dingtalk.js'
import { DINGTALK, DINGTALK_ENV } from '../../simulator/testing/dingtalk-api.js'
import { startProduct } from '../../simulator/testing/product.js'
import { startForTest, type TestStandin } from '../../simulator/testing/start.js'

/**
 * DingTalk has no library of its own on npm for sealed events, and the third party's mangles everything that isn't ASCII. The
 * envelope is WeCom's to the byte (its own example says so below), so WeCom's official library opens it.
 */
let standin: TestStandin
let product: Awaited<ReturnType<typeof startProduct>>
beforeEach(async () => {
  product = await startProduct()
  standin = await startForTest({ product: product.base, env: { ...DINGTALK_ENV, DINGTALK_MODE: 'http' } })
})
afterEach(async () => {
  await standin.close()
  await product.close()
})

it("opens and signs DingTalk's own example", () => {
  const [aesKey, token] = ['Yue0EfdN5900c1ce5cf6A152c63DDe1808a60c5ecd7', 'mryue']
  const sealed =
    '0vJiX6vliEpwG3U45CtXqi+m8PXbQRARJ8p8BbDuD1EMTDf0jKpQ79QS93qEk7XHpP6u+oTTrd15NRPvNvmBKyDCYxxOK+HZeKju4yhELOFchzNukR+t8SB/qk4ROMu3'
  expect(decrypt(aesKey, sealed)).toMatchObject({ message: '{"EventType":"check_url"}', id: 'ding6ccabc44d2c8d38b' })
  expect(getSignature(token, '1608001896814', 'WL4PK6yA', sealed)).toBe('03044561471240d4a14bb09372dfcfd4fd0e40cb')
})

it('opens an event, Chinese and all, and seals the answer that the stand-in takes', async () => {
  product.handle = ({ url, body }, res) => {
    const { msg_signature, timestamp = '', nonce = '' } = Object.fromEntries(url.searchParams)
    const { encrypt: sealed } = JSON.parse(body) as { encrypt: string }
    expect(getSignature(DINGTALK.token, timestamp, nonce, sealed)).toBe(msg_signature)
    const { message, id } = decrypt(DINGTALK.aesKey, sealed)
    expect(id).toBe(DINGTALK.clientId)
    expect(JSON.parse(message)).toMatchObject({ EventType: 'chat_update_title', Title: '仁济医药 100%' })
    const answer = encrypt(DINGTALK.aesKey, 'success', DINGTALK.clientId)
    const signed = { timeStamp: '1614767836', nonce: 'A7Co0cJL', encrypt: answer }
    const msg = getSignature(DINGTALK.token, signed.timeStamp, signed.nonce, answer)
    res.end(JSON.stringify({ msg_signature: msg, ...signed }))
  }
  await standin.control('dingtalk/event', { eventType: 'chat_update_title', data: { Title: '仁济医药 100%' } })
  expect((await outcomeOf(standin, 'delivered')).attempts).toMatchObject([{ answer: 'success' }])
})
