import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSms } from '../../channels/sms/create-sms.js'
import type { Sms } from '../../channels/sms/sms.js'
import type { SmsSettings } from '../../lib/sms-mail-config.js'
import { eventually, SMS, startForTest, type TestStandin } from '../../simulator/testing/start.js'

/** The official libraries of both providers, through the product's channel, against the stand-in. */
let standin: TestStandin
beforeEach(async () => {
  standin = await startForTest()
})
afterEach(() => standin.close())

const wanglei = '13800010001'
const params = { count: 3, earliest: '11月23日' }

function connect(provider: SmsSettings['provider'], more: Partial<SmsSettings> = {}): Sms {
  const templates = { templateId: SMS.template, codeTemplateId: SMS.code }
  const keys = { accessKeyId: SMS.keyId, accessKeySecret: SMS.secret, signName: SMS.sign, ...templates }
  const settings = { provider, ...keys, sdkAppId: SMS.appId, region: null, apiBase: standin.base, ...more }
  return createSms(settings, { timeoutMs: 2_000 })
}
const phone = async (): Promise<{ mobile: string; text: string }[]> => (await standin.state()).sms

describe.each(['aliyun', 'tencent'] as const)('%s', (provider) => {
  it('brings the one template to the phone, and back the operator’s receipt', async () => {
    const sms = connect(provider)
    const sentAt = new Date(standin.time.now)
    const { messageId } = await sms.send(`+86${wanglei}`, params, 'outbox-1')
    expect(await phone()).toMatchObject([
      { mobile: wanglei, text: '【不漏提醒】您有3项客户待办，最早11月23日到期，请打开企业微信查看' },
    ])
    await eventually(async () => expect(await sms.report(messageId, wanglei, sentAt)).toMatchObject({ state: 'delivered' }))
    const report = await sms.report(messageId, wanglei, sentAt)
    const at = report.state === 'delivered' ? report.at.getTime() : 0
    expect(Math.abs(at - sentAt.getTime())).toBeLessThan(60_000)
  })

  it('brings a code by the template of codes; without one there is no way to send it', async () => {
    await connect(provider).sendCode?.(wanglei, '042137', 'code-1')
    expect(await phone()).toMatchObject([{ mobile: wanglei, text: '【不漏提醒】您的验证码是042137，10分钟内有效' }])
    expect(connect(provider, { codeTemplateId: null }).sendCode).toBeNull()
  })

  it('waits for a phone that is off, and says why an operator failed', async () => {
    const sms = connect(provider)
    const sentAt = new Date(standin.time.now)
    await standin.control('phone', { mobile: wanglei, mode: 'off' })
    const { messageId } = await sms.send(wanglei, params, 'outbox-1')
    expect(await sms.report(messageId, wanglei, sentAt)).toEqual({ state: 'pending' })
    await standin.control('phone', { mobile: wanglei, mode: 'fails', code: 'MK:0001' })
    await eventually(async () => {
      expect(await sms.report(messageId, wanglei, sentAt)).toEqual({ state: 'failed', why: expect.stringMatching(/[一-龥]/) })
    })
  })

  it('is told apart by its no: keys, signature, template, too many', async () => {
    const kindOf = (sms: Sms) => sms.send(wanglei, params, 'k').catch((error) => [error.kind, error.hint])
    expect(await kindOf(connect(provider, { accessKeySecret: 'wrong' }))).toEqual([
      'config',
      expect.stringContaining('SMS_ACCESS_KEY_SECRET'),
    ])
    expect(await kindOf(connect(provider, { accessKeyId: 'wrong' }))).toEqual([
      'config',
      expect.stringContaining('SMS_ACCESS_KEY_ID'),
    ])
    expect(await kindOf(connect(provider, { signName: '别家' }))).toEqual(['config', expect.stringContaining('SMS_SIGN_NAME')])
    expect(await kindOf(connect(provider, { templateId: 'SMS_2' }))).toEqual([
      'config',
      expect.stringContaining('SMS_TEMPLATE_ID'),
    ])
    await standin.control('sms-approval', { sign: false })
    expect(await kindOf(connect(provider))).toEqual(['config', expect.stringContaining('SMS_SIGN_NAME')])
    expect(await phone()).toEqual([])
    await standin.control('sms-approval', { sign: true })
    const sms = connect(provider)
    await sms.send(wanglei, params, 'k')
    expect(await kindOf(sms)).toEqual(['retry', expect.stringContaining('频繁')])
    expect(await phone()).toHaveLength(1)
  })

  it('knows when nobody can know, and never sends twice by itself', async () => {
    await standin.control('faults', { path: '/SendSms', mode: 'drop-after', times: 1 })
    const sms = connect(provider)
    await expect(sms.send(wanglei, params, 'k')).rejects.toMatchObject({ kind: 'retry', unknownOutcome: true })
    expect(await phone()).toHaveLength(1)
  })
})
