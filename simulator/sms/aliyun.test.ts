import { createRequire } from 'node:module'
import type Dysms from '@alicloud/dysmsapi20170525'
import { QuerySendDetailsRequest, SendSmsRequest } from '@alicloud/dysmsapi20170525'
import { Config } from '@alicloud/openapi-client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eventually, SMS, startForTest, type TestStandin } from '../testing/start.js'

// CommonJS, whose default import is one thing to node and another to the test runner: required, it is the same to both.
const sdk = createRequire(import.meta.url)('@alicloud/dysmsapi20170525') as typeof Dysms

const LINA = '13800010003'
const MINUTE_MS = 60_000

let standin: TestStandin
beforeEach(async () => {
  // The SDK signs with the machine's own time.
  standin = await startForTest({ realTime: true })
})
afterEach(() => standin.close())

const client = (secret = SMS.secret, keyId = SMS.keyId) =>
  new sdk.default(
    new Config({ accessKeyId: keyId, accessKeySecret: secret, endpoint: `127.0.0.1:${standin.port}`, protocol: 'HTTP' }) as never,
  )
const message = (more: object = {}) =>
  new SendSmsRequest({
    phoneNumbers: LINA,
    signName: SMS.sign,
    templateCode: SMS.template,
    templateParam: JSON.stringify({ n: '3', time: '今天 17:00' }),
    outId: '*!(1)~',
    ...more,
  })
const send = async (more: object = {}) => (await client().sendSms(message(more))).body
const details = async (more: object = {}) => {
  const sendDate = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '')
  const request = new QuerySendDetailsRequest({ phoneNumber: LINA, sendDate, pageSize: 10, currentPage: 1, ...more })
  return (await client().querySendDetails(request)).body
}
const later = (ms: number) => standin.control('clock', { advanceMs: ms })

it("takes the official SDK's message, shows it on the phone and reports it delivered", async () => {
  const answer = await send()
  expect(answer).toMatchObject({ code: 'OK', message: 'OK', bizId: expect.any(String), requestId: expect.any(String) })
  await eventually(async () =>
    expect((await details({ bizId: answer?.bizId }))?.smsSendDetailDTOs?.smsSendDetailDTO).toMatchObject([
      { phoneNum: LINA, sendStatus: 3, errCode: 'DELIVERED', templateCode: SMS.template, outId: '*!(1)~' },
    ]),
  )
  expect((await standin.state()).sms).toMatchObject([
    {
      userid: 'lina',
      status: 'delivered',
      text: '【不漏提醒】您有3项客户待办，最早今天 17:00到期，请打开企业微信查看',
    },
  ])
})

it('refuses who signs with another secret or is not known, before anything else', async () => {
  await expect(client('wrong').sendSms(message())).rejects.toMatchObject({ code: 'SignatureDoesNotMatch', statusCode: 400 })
  await expect(client(SMS.secret, 'nobody').sendSms(message())).rejects.toMatchObject({ code: 'InvalidAccessKeyId.NotFound' })
  expect((await standin.state()).sms).toEqual([])
})

it.each([
  ['a number that is none', { phoneNumbers: '1380001000' }, 'isv.MOBILE_NUMBER_ILLEGAL'],
  ['another signature', { signName: '别家' }, 'isv.SMS_SIGNATURE_ILLEGAL'],
  ['another template', { templateCode: 'SMS_2' }, 'isv.SMS_TEMPLATE_ILLEGAL'],
  ['a gap that is not filled', { templateParam: '{"n":"3"}' }, 'isv.TEMPLATE_MISSING_PARAMETERS'],
  ['a number where words belong', { templateParam: '{"n":3,"time":"17:00"}' }, 'isv.INVALID_JSON_PARAM'],
  ['a link', { templateParam: '{"n":"3","time":"https://x.cn/a"}' }, 'isv.PARAM_NOT_SUPPORT_URL'],
  ['a long word', { templateParam: `{"n":"3","time":"${'长'.repeat(36)}"}` }, 'isv.PARAM_LENGTH_LIMIT'],
])('refuses %s', async (_, more, code) => {
  expect(await send(more)).toMatchObject({ code })
  expect((await standin.state()).sms).toEqual([])
})

it('refuses while signature or template are not approved', async () => {
  await standin.control('sms-approval', { sign: false })
  expect(await send()).toMatchObject({ code: 'isv.SMS_SIGNATURE_ILLEGAL' })
  await standin.control('sms-approval', { sign: true, template: false })
  expect(await send()).toMatchObject({ code: 'isv.SMS_TEMPLATE_ILLEGAL' })
})

it('lets one number have one a minute, five an hour, ten a day', async () => {
  await later(Date.parse(`${new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10)}T09:00:00+08:00`) - Date.now())
  const codes: (string | undefined)[] = []
  const ask = async (wait: number) => {
    codes.push((await send())?.code)
    await later(wait)
  }
  await ask(1_000)
  await ask(MINUTE_MS)
  for (let n = 0; n < 5; n += 1) await ask(MINUTE_MS)
  expect(codes).toEqual(['OK', 'isv.BUSINESS_LIMIT_CONTROL', 'OK', 'OK', 'OK', 'OK', 'isv.BUSINESS_LIMIT_CONTROL'])
  codes.length = 0
  await later(60 * MINUTE_MS)
  for (let n = 0; n < 6; n += 1) await ask(30 * MINUTE_MS)
  expect(codes).toEqual(['OK', 'OK', 'OK', 'OK', 'OK', 'isv.BUSINESS_LIMIT_CONTROL'])
  await later(24 * 60 * MINUTE_MS)
  expect((await send())?.code).toBe('OK')
})

it('waits for a phone that is off and says what a carrier refuses', async () => {
  await standin.control('phone', { userid: 'lina', mode: 'off' })
  await send()
  expect((await details())?.smsSendDetailDTOs?.smsSendDetailDTO).toMatchObject([{ sendStatus: 1, errCode: '' }])
  await standin.restart()
  await standin.control('phone', { userid: 'lina', mode: 'on' })
  await eventually(async () => expect((await standin.state()).sms[0].status).toBe('delivered'))

  await later(MINUTE_MS)
  await standin.control('phone', { userid: 'lina', mode: 'fails', code: 'MK:0001' })
  await send()
  await eventually(async () =>
    expect((await details())?.smsSendDetailDTOs?.smsSendDetailDTO?.[1]).toMatchObject({ sendStatus: 2, errCode: 'MK:0001' }),
  )
})

it('plays trouble on order: for one action, in the words of the operator, or after it was taken', async () => {
  await standin.control('faults', { path: '/SendSms', mode: 'errcode', code: 'isp.GATEWAY_ERROR', times: 1 })
  expect(await send()).toMatchObject({ code: 'isp.GATEWAY_ERROR' })
  await standin.control('faults', { path: '/', mode: 'drop-after', times: 1 })
  await expect(client().sendSms(message())).rejects.toThrow()
  expect(await standin.control('calls?path=/SendSms')).toMatchObject([{ accepted: true }])
  expect((await standin.state()).sms).toHaveLength(1)
})
