import { afterEach, describe, expect, it } from 'vitest'
import { createSms } from './create-sms.js'
import { type Answer, errorOf, serveProvider, settingsOf } from './fixtures/provider.js'

let close: () => Promise<void> = async () => {}
afterEach(() => close())

async function serve(answers: Record<string, Answer[]>, timeoutMs = 5_000) {
  const provider = await serveProvider(answers)
  close = provider.close
  return { ...provider, sms: createSms(settingsOf('aliyun', provider.base), { timeoutMs }) }
}

const mobile = '138 0013 8000'
const params = { count: 3, earliest: '11月23日' }
const sentAt = new Date('2026-11-21T02:00:00Z')
const ok = { Code: 'OK', BizId: '9006', Message: 'OK', RequestId: 'r' }
const refusal = (Code: string, status: number): Answer => {
  const body = JSON.stringify({ Code, Message: '13800138000 WORDS', RequestId: 'r' })
  return (res) => res.writeHead(status, { 'content-type': 'application/json' }).end(body)
}
const details = (...list: object[]) => ({ Code: 'OK', TotalCount: list.length, SmsSendDetailDTOs: { SmsSendDetailDTO: list } })

describe('send', () => {
  it('asks for the one template, signed by the library', async () => {
    const { sms, asked } = await serve({ SendSms: [ok] })
    expect(await sms.send(mobile, params, 'outbox-1')).toEqual({ messageId: '9006' })
    expect(asked).toHaveLength(1)
    expect(asked[0]?.query).toEqual({
      PhoneNumbers: '13800138000',
      SignName: '不漏科技',
      TemplateCode: 'SMS_7',
      TemplateParam: '{"n":"3","time":"11月23日"}',
      OutId: 'outbox-1',
    })
    expect(asked[0]?.headers['x-acs-version']).toBe('2017-05-25')
    expect(asked[0]?.headers.authorization).toMatch(/^ACS3-HMAC-SHA256 Credential=KeyId,SignedHeaders=.+,Signature=[0-9a-f]{64}$/)
  })

  it.each([
    ['isv.BUSINESS_LIMIT_CONTROL', 200, 'retry'],
    ['isv.DAY_LIMIT_CONTROL', 200, 'config'],
    ['isv.SMS_SIGNATURE_ILLEGAL', 200, 'config'],
    ['isv.SMS_TEMPLATE_ILLEGAL', 200, 'config'],
    ['isv.TEMPLATE_MISSING_PARAMETERS', 200, 'config'],
    ['isv.AMOUNT_NOT_ENOUGH', 200, 'config'],
    ['isp.RAM_PERMISSION_DENY', 200, 'config'],
    ['isv.BLACK_KEY_CONTROL_LIMIT', 200, 'give-up'],
    ['isv.MOBILE_NUMBER_ILLEGAL', 200, 'give-up'],
    ['isv.SOMETHING_NEW', 200, 'give-up'],
    ['isp.SYSTEM_ERROR', 200, 'retry'],
    ['InvalidAccessKeyId.NotFound', 404, 'config'],
    ['SignatureDoesNotMatch', 400, 'config'],
    ['Throttling.User', 400, 'retry'],
    ['ServiceUnavailable', 503, 'retry'],
  ])('sorts %s (HTTP %i): %s, with a hint in Chinese', async (code, status, kind) => {
    const { sms, asked } = await serve({ SendSms: [refusal(code, status)] })
    const error = await errorOf(sms.send(mobile, params, 'k'))
    expect(error).toMatchObject({ method: 'SendSms', code, kind, unknownOutcome: false })
    expect(error.hint).toMatch(/[一-龥]/)
    expect(asked).toHaveLength(1)
  })

  it('never shows a number that stands where a code should', async () => {
    const { sms } = await serve({ SendSms: [refusal('13800138000', 400)] })
    const error = await errorOf(sms.send(mobile, params, 'k'))
    expect([error.message, error.stack, String(error.cause), JSON.stringify(error)].join()).not.toContain('13800138000')
  })
})

describe('report', () => {
  const asksFor = (days: string[]) =>
    days.map((SendDate) => ({ PhoneNumber: '13800138000', BizId: '9006', SendDate, PageSize: '10', CurrentPage: '1' }))

  it('gives the time at which the operator delivered, told in Beijing time', async () => {
    const delivered = { SendStatus: 3, ErrCode: 'DELIVERED', SendDate: '2026-11-21 10:00:01', ReceiveDate: '2026-11-21 10:00:07' }
    const { sms, asked } = await serve({ QuerySendDetails: [details(delivered)] })
    expect(await sms.report('9006', mobile, sentAt)).toEqual({ state: 'delivered', at: new Date('2026-11-21T02:00:07Z') })
    expect(asked.map((one) => one.query)).toEqual(asksFor(['20261121']))
  })

  it.each([
    ['MOBILE_NOT_ON_SERVICE', '手机停机、关机、空号或不在服务区'],
    ['MOBILE_IN_BLACK', '号码在运营商的黑名单里'],
    ['MK:0013', '运营商没有送达（MK:0013）'],
    ['13800138000', '运营商没有送达'],
  ])('says why %s failed', async (ErrCode, why) => {
    const { sms } = await serve({ QuerySendDetails: [details({ SendStatus: 2, ErrCode })] })
    expect(await sms.report('9006', mobile, sentAt)).toEqual({ state: 'failed', why })
  })

  it('waits for the operator', async () => {
    const { sms } = await serve({ QuerySendDetails: [details({ SendStatus: 1 }), details()] })
    expect(await sms.report('9006', mobile, sentAt)).toEqual({ state: 'pending' })
    expect(await sms.report('9006', mobile, sentAt)).toEqual({ state: 'pending' })
  })

  it('looks under the next day too for what left just before midnight in Beijing', async () => {
    const { sms, asked } = await serve({ QuerySendDetails: [details(), details({ SendStatus: 2, ErrCode: 'USER_REJECT' })] })
    const late = new Date('2026-11-21T15:59:59Z')
    expect(await sms.report('9006', mobile, late)).toEqual({ state: 'failed', why: '机主已退订短信' })
    expect(asked.map((one) => one.query)).toEqual(asksFor(['20261121', '20261122']))
  })

  it('sorts a no, and is never unknown: asking changes nothing', async () => {
    const cut: Answer = (res) => res.destroy()
    const { sms } = await serve({ QuerySendDetails: [refusal('isv.ACCOUNT_ABNORMAL', 200), cut] })
    expect(await errorOf(sms.report('9006', mobile, sentAt))).toMatchObject({ kind: 'config', code: 'isv.ACCOUNT_ABNORMAL' })
    expect(await errorOf(sms.report('9006', mobile, sentAt))).toMatchObject({ kind: 'retry', unknownOutcome: false })
  })
})
