import { afterEach, describe, expect, it } from 'vitest'
import { createSms } from './create-sms.js'
import { type Answer, errorOf, serveProvider, settingsOf } from './fixtures/provider.js'

let close: () => Promise<void> = async () => {}
afterEach(() => close())

async function serve(answers: Record<string, Answer[]>, timeoutMs = 5_000) {
  const provider = await serveProvider(answers)
  close = provider.close
  return { ...provider, sms: createSms(settingsOf('tencent', provider.base), { timeoutMs }) }
}

const mobile = '+86 13800138000'
const params = { count: 3, earliest: '11月23日' }
const sentAt = new Date('2026-11-21T02:00:00Z')
const pull = 'PullSmsSendStatusByPhoneNumber'
const reply = (Response: object) => ({ Response: { ...Response, RequestId: 'r' } })
const sent = (Code: string, SerialNo = '') =>
  reply({ SendStatusSet: [{ SerialNo, PhoneNumber: '+8613800138000', Code, Message: '13800138000' }] })
const refusal = (Code: string) => reply({ Error: { Code, Message: '13800138000 WORDS' } })
const statuses = (...list: object[]) => reply({ PullSmsSendStatusSet: list })

describe('send', () => {
  it('asks for the one template, its values in order, signed by the library', async () => {
    const { sms, asked } = await serve({ SendSms: [sent('Ok', '2640:1')] })
    expect(await sms.send(mobile, params, 'outbox-1')).toEqual({ messageId: '2640:1' })
    expect(asked).toHaveLength(1)
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      PhoneNumberSet: ['+8613800138000'],
      SmsSdkAppId: '1400006666',
      SignName: '不漏科技',
      TemplateId: 'SMS_7',
      TemplateParamSet: ['3', '11月23日'],
      SessionContext: 'outbox-1',
    })
    expect(asked[0]?.headers).toMatchObject({ 'x-tc-version': '2021-01-11', 'x-tc-region': 'ap-guangzhou' })
    expect(asked[0]?.headers.authorization).toMatch(/^TC3-HMAC-SHA256 Credential=KeyId\/.+, Signature=[0-9a-f]{64}$/)
  })

  it.each([
    ['LimitExceeded.PhoneNumberThirtySecondLimit', 'retry'],
    ['LimitExceeded.PhoneNumberDailyLimit', 'retry'],
    ['LimitExceeded.AppDailyLimit', 'config'],
    ['FailedOperation.SignatureIncorrectOrUnapproved', 'config'],
    ['FailedOperation.TemplateIncorrectOrUnapproved', 'config'],
    ['FailedOperation.TemplateParamSetNotMatchApprovedTemplate', 'config'],
    ['FailedOperation.InsufficientBalanceInSmsPackage', 'config'],
    ['UnauthorizedOperation.SmsSdkAppIdVerifyFail', 'config'],
    ['FailedOperation.PhoneNumberInBlacklist', 'give-up'],
    ['InvalidParameterValue.IncorrectPhoneNumber', 'give-up'],
    ['FailedOperation.SomethingNew', 'give-up'],
    ['InternalError.OtherError', 'retry'],
  ])('sorts %s of a number: %s, with a hint in Chinese', async (code, kind) => {
    const { sms, asked } = await serve({ SendSms: [sent(code)] })
    const error = await errorOf(sms.send(mobile, params, 'k'))
    expect(error).toMatchObject({ method: 'SendSms', code, kind, unknownOutcome: false })
    expect(error.hint).toMatch(/[一-龥]/)
    expect(asked).toHaveLength(1)
  })

  it.each([
    ['AuthFailure.SecretIdNotFound', 'config'],
    ['AuthFailure.SignatureFailure', 'config'],
    ['AuthFailure.SignatureExpire', 'config'],
    ['RequestLimitExceeded', 'retry'],
    ['InternalError', 'retry'],
  ])('sorts %s of the call: %s', async (code, kind) => {
    const { sms } = await serve({ SendSms: [refusal(code)] })
    expect(await errorOf(sms.send(mobile, params, 'k'))).toMatchObject({ method: 'SendSms', code, kind, unknownOutcome: false })
  })

  it.each(['InternalError.Timeout', 'InternalError.SendAndRecvFail'])(
    'takes %s for unknown: the platform lost its own answer',
    async (code) => {
      const { sms } = await serve({ SendSms: [sent(code), refusal(code)] })
      for (let i = 0; i < 2; i++)
        expect(await errorOf(sms.send(mobile, params, 'k'))).toMatchObject({ code, unknownOutcome: true })
    },
  )

  it('never shows the number in what is said of it', async () => {
    const { sms } = await serve({ SendSms: [sent('InvalidParameter')] })
    const error = await errorOf(sms.send(mobile, params, 'k'))
    expect([error.message, error.stack, String(error.cause), JSON.stringify(error)].join()).not.toContain('13800138000')
  })
})

describe('report', () => {
  it('gives the time at which the operator delivered', async () => {
    const UserReceiveTime = Date.parse('2026-11-21T02:00:07Z') / 1000
    const other = { SerialNo: '2640:0', ReportStatus: 'FAIL', Description: 'UNDELIV' }
    const { sms, asked } = await serve({
      [pull]: [statuses(other, { SerialNo: '2640:1', ReportStatus: 'SUCCESS', UserReceiveTime })],
    })
    expect(await sms.report('2640:1', mobile, sentAt)).toEqual({ state: 'delivered', at: new Date('2026-11-21T02:00:07Z') })
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      PhoneNumber: '+8613800138000',
      SmsSdkAppId: '1400006666',
      BeginTime: Date.parse('2026-11-21T01:59:00Z') / 1000,
      Offset: 0,
      Limit: 100,
    })
  })

  it.each([
    ['UNDELIV', '手机停机、关机、空号或不在服务区'],
    ['用户关机', '手机停机、关机、空号或不在服务区'],
    ['BLACK', '号码在运营商的黑名单里'],
    ['ID:0318', '运营商没有送达（ID:0318）'],
    ['13800138000 不通', '运营商没有送达'],
  ])('says why «%s» failed', async (Description, why) => {
    const { sms } = await serve({ [pull]: [statuses({ SerialNo: '2640:1', ReportStatus: 'FAIL', Description })] })
    expect(await sms.report('2640:1', mobile, sentAt)).toEqual({ state: 'failed', why })
  })

  it('waits for the operator', async () => {
    const { sms } = await serve({ [pull]: [statuses(), statuses({ SerialNo: '2640:1' })] })
    expect(await sms.report('2640:1', mobile, sentAt)).toEqual({ state: 'pending' })
    expect(await sms.report('2640:1', mobile, sentAt)).toEqual({ state: 'pending' })
  })

  it('is never unknown: asking changes nothing', async () => {
    const { sms } = await serve({ [pull]: [(res) => res.destroy()] })
    expect(await errorOf(sms.report('2640:1', mobile, sentAt))).toMatchObject({ kind: 'retry', unknownOutcome: false })
  })
})
