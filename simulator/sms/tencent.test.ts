import { sms } from 'tencentcloud-sdk-nodejs-sms'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eventually, SMS, startForTest, type TestStandin } from '../testing/start.js'

const LINA = '+8613800010003'

let standin: TestStandin
beforeEach(async () => {
  standin = await startForTest({ realTime: true })
})
afterEach(() => standin.close())

const client = (secretKey = SMS.secret, secretId = SMS.keyId) =>
  new sms.v20210111.Client({
    credential: { secretId, secretKey },
    region: 'ap-guangzhou',
    profile: { httpProfile: { endpoint: `127.0.0.1:${standin.port}`, protocol: 'http://' } },
  })
const message = (more: object = {}) => ({
  PhoneNumberSet: [LINA],
  SmsSdkAppId: SMS.appId,
  SignName: SMS.sign,
  TemplateId: SMS.template,
  TemplateParamSet: ['3', '今天 17:00'],
  ...more,
})
const send = async (more: object = {}) => (await client().SendSms(message(more))).SendStatusSet ?? []
const pull = async () => {
  const about = {
    BeginTime: Math.floor(Date.now() / 1_000) - 60,
    Offset: 0,
    Limit: 10,
    PhoneNumber: LINA,
    SmsSdkAppId: SMS.appId,
  }
  return (await client().PullSmsSendStatusByPhoneNumber(about)).PullSmsSendStatusSet ?? []
}

it("takes the official SDK's message and has the carrier's word when it is there", async () => {
  await standin.control('phone', { userid: 'lina', mode: 'off' })
  const [status] = await send()
  expect(status).toMatchObject({ Code: 'Ok', Message: 'send success', PhoneNumber: LINA, Fee: 1, IsoCode: 'CN' })
  expect(await pull()).toEqual([])
  await standin.control('phone', { userid: 'lina', mode: 'on' })
  await eventually(async () =>
    expect(await pull()).toMatchObject([{ SerialNo: status?.SerialNo, ReportStatus: 'SUCCESS', Description: 'DELIVERED' }]),
  )
  expect((await standin.state()).sms[0].text).toBe('【不漏提醒】您有3项客户待办，最早今天 17:00到期，请打开企业微信查看')
})

it('refuses who signs with another secret or is not known', async () => {
  await expect(client('wrong').SendSms(message())).rejects.toMatchObject({ code: 'AuthFailure.SignatureFailure' })
  await expect(client(SMS.secret, 'nobody').SendSms(message())).rejects.toMatchObject({ code: 'AuthFailure.SecretIdNotFound' })
})

it('gives each number a status of its own', async () => {
  const statuses = await send({ PhoneNumberSet: [LINA, '+86138', '+8613800010001'] })
  expect(statuses.map((s) => s.Code)).toEqual(['Ok', 'InvalidParameterValue.IncorrectPhoneNumber', 'Ok'])
  expect((await send())[0]?.Code).toBe('LimitExceeded.PhoneNumberThirtySecondLimit')
})

it.each([
  ['another signature', { SignName: '别家' }, 'FailedOperation.SignatureIncorrectOrUnapproved'],
  ['another template', { TemplateId: '2' }, 'FailedOperation.TemplateIncorrectOrUnapproved'],
  ['another application', { SmsSdkAppId: '1' }, 'InvalidParameterValue.SdkAppIdNotExist'],
  ['a gap too few', { TemplateParamSet: ['3'] }, 'FailedOperation.TemplateParamSetNotMatchApprovedTemplate'],
  ['a link', { TemplateParamSet: ['3', 'www.x.cn'] }, 'UnsupportedOperation.ContainUrlInTemplateParameter'],
])('refuses %s', async (_, more, code) => {
  expect((await send(more))[0]?.Code).toBe(code)
})

it('plays trouble on order in its own words', async () => {
  await standin.control('faults', { path: '/SendSms', mode: 'errcode', code: 'InternalError.Timeout', times: 1 })
  await expect(client().SendSms(message())).rejects.toMatchObject({ code: 'InternalError.Timeout' })
  expect((await send())[0]?.Code).toBe('Ok')
})
