import { afterEach, describe, expect, it } from 'vitest'
import { createSms } from './create-sms.js'
import { type Answer, breaks, errorOf, serveProvider, settingsOf } from './fixtures/provider.js'
import { smsState } from './sms.js'

const mobile = '138 0013 8000'
const params = { count: 3, earliest: '11月23日' }

let close: () => Promise<void> = async () => {}
afterEach(() => close())

/** A no that quotes what it was about, as the provider would say it. */
const refusals: Record<'aliyun' | 'tencent', Answer> = {
  aliyun: { Code: 'isv.INVALID_PARAMETERS', Message: '13800138000 WORDS', RequestId: 'r' },
  tencent: { Response: { Error: { Code: '13800138000', Message: '13800138000 WORDS' }, RequestId: 'r' } },
}

describe.each(['aliyun', 'tencent'] as const)('%s', (name) => {
  async function serve(answers: Record<string, Answer[]>, timeoutMs = 5_000) {
    const provider = await serveProvider(answers)
    close = provider.close
    return { ...provider, sms: createSms(settingsOf(name, provider.base), { timeoutMs }) }
  }

  it.each(breaks)(
    'tells a message that may be on its way, and does not repeat it, when the platform %s',
    async (_, answer, code, unknown) => {
      const { sms, asked } = await serve({ SendSms: [answer] }, 300)
      const error = await errorOf(sms.send(mobile, params, 'k'))
      expect(error).toMatchObject({ kind: 'retry', code: expect.stringMatching(code), unknownOutcome: unknown })
      expect(asked).toHaveLength(1)
    },
  )

  it('knows that nothing was sent when nobody listens', async () => {
    const { base, close: stop } = await serveProvider({})
    await stop()
    const sms = createSms(settingsOf(name, base))
    const error = await errorOf(sms.send(mobile, params, 'k'))
    expect(error).toMatchObject({ kind: 'retry', code: 'ECONNREFUSED', unknownOutcome: false })
  })

  it('sends nothing to what is not a mainland mobile', async () => {
    const { sms, asked } = await serve({ SendSms: [] })
    for (const other of ['', '12345', '+85291234567', '13800138000,13900139000']) {
      expect(await errorOf(sms.send(other, params, 'k'))).toMatchObject({ kind: 'give-up', code: 'mobile' })
    }
    expect(asked).toHaveLength(0)
  })

  it('asks for an administrator where no TLS is spoken', async () => {
    const { base, asked } = await serve({})
    const sms = createSms(settingsOf(name, base.replace('http:', 'https:')))
    expect(await errorOf(sms.send(mobile, params, 'k'))).toMatchObject({ kind: 'config', code: 'tls', unknownOutcome: false })
    expect(asked).toHaveLength(0)
  })

  it('never shows number, secret or words in an error', async () => {
    const cut: Answer = (res) => res.destroy()
    const { sms } = await serve({ SendSms: [refusals[name], cut, () => {}] }, 300)
    const errors = []
    for (let i = 0; i < 3; i++) errors.push(await errorOf(sms.send(mobile, params, 'k')))
    const all = errors.map((e) => [e.message, e.stack, String(e.cause), JSON.stringify(e)]).join()
    expect(all).not.toMatch(/13800138000|sEcReT|KeyId|11月23日|WORDS/)
  })
})

describe('smsState', () => {
  it('is on, or off and says why, and shows no setting', () => {
    expect(smsState({ settings: settingsOf('tencent', 'http://127.0.0.1:1'), why: null })).toEqual({ on: true })
    expect(smsState({ settings: null, why: '没有配置短信' })).toEqual({ on: false, why: '没有配置短信' })
  })
})
