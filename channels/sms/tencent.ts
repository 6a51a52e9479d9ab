import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { SmsSettings } from '../../lib/sms-mail-config.js'
import type { ChannelError } from '../channel-error.js'
import { mainlandMobile } from './mobile.js'
import { brokenSms, lostConnection, strangeStatus } from './outcome.js'
import type { Sms } from './sms.js'
import { isLostInside, tencentRefusal, tencentReport } from './tencent-errors.js'

/** The two clocks may differ, and the answer holds nothing older than this before we asked. */
const beforeMs = 60_000

/**
 * Tencent Cloud. Send: https://cloud.tencent.com/document/api/382/55981,
 * receipt: https://cloud.tencent.com/document/api/382/55975
 */
export function createTencentSms(settings: SmsSettings, timeoutMs: number): Sms {
  let loading: ReturnType<typeof load> | null = null
  const client = () => {
    loading ??= load(settings, timeoutMs)
    return loading
  }

  async function sendBy(templateId: string, mobile: string, { gaps, key }: { gaps: string[]; key: string }) {
    const request = {
      PhoneNumberSet: [`+86${mainlandMobile(mobile)}`],
      SmsSdkAppId: settings.sdkAppId,
      SignName: settings.signName,
      TemplateId: templateId,
      TemplateParamSet: gaps,
      SessionContext: key,
    }
    const sms = await client()
    const answer = await call('SendSms', true, () => sms.SendSms(request))
    const { Code: code, SerialNo: serial } = answer.SendStatusSet?.[0] ?? {}
    if (!code || (code === 'Ok' && !serial)) throw brokenSms('SendSms', 'bad-answer', { unknown: true })
    if (code !== 'Ok') throw refused('SendSms', code, true)
    return { messageId: serial ?? '' }
  }

  const { codeTemplateId } = settings
  return {
    provider: 'tencent',

    send: (mobile, params, key) => sendBy(settings.templateId, mobile, { gaps: [String(params.count), params.earliest], key }),

    sendCode: codeTemplateId ? (mobile, code, key) => sendBy(codeTemplateId, mobile, { gaps: [code], key }) : null,

    async report(messageId, mobile, sentAt) {
      const request = {
        PhoneNumber: `+86${mainlandMobile(mobile)}`,
        SmsSdkAppId: settings.sdkAppId,
        BeginTime: Math.floor((sentAt.getTime() - beforeMs) / 1000),
        Offset: 0,
        Limit: 100,
      }
      const sms = await client()
      const method = 'PullSmsSendStatusByPhoneNumber'
      const answer = await call(method, false, () => sms.PullSmsSendStatusByPhoneNumber(request))
      const status = answer.PullSmsSendStatusSet?.find((one) => one.SerialNo === messageId)
      if (status?.ReportStatus === 'FAIL') return { state: 'failed', why: tencentReport(status.Description ?? '') }
      if (status?.ReportStatus !== 'SUCCESS') return { state: 'pending' }
      return { state: 'delivered', at: status.UserReceiveTime ? new Date(status.UserReceiveTime * 1000) : sentAt }
    },
  }
}

/** Runs one call of the library and sorts what it throws. Its words may hold the number: none is kept. */
async function call<T>(method: string, mayBeAccepted: boolean, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw sorted(error, method, mayBeAccepted)
  }
}

type Thrown = { name?: string; message?: string; code?: unknown; httpCode?: unknown; type?: unknown }

function sorted(error: unknown, method: string, mayBeAccepted: boolean): ChannelError {
  const { name = '', message = '', code, httpCode, type } = error as Thrown
  if (typeof httpCode === 'number') return strangeStatus(method, httpCode, mayBeAccepted)
  // A body that is no answer of the platform's: not JSON, or without its Response.
  const isStrange = type === 'invalid-json' || name === 'SyntaxError' || name === 'TypeError'
  if (isStrange) return brokenSms(method, 'bad-answer', { unknown: mayBeAccepted })
  if (typeof code === 'string' && name !== 'FetchError') return refused(method, code, mayBeAccepted)
  // The library keeps nothing of what happened to the connection but the words.
  if (/timeout/.test(message)) return brokenSms(method, 'timeout', { unknown: mayBeAccepted })
  return lostConnection(method, message, mayBeAccepted)
}

function refused(method: string, code: string, mayBeAccepted: boolean): ChannelError {
  return isLostInside(code) ? brokenSms(method, code, { unknown: mayBeAccepted }) : tencentRefusal(method, code)
}

/** A tenth of a second, so at the first message only. */
async function load(settings: SmsSettings, timeoutMs: number) {
  const { sms } = await import('tencentcloud-sdk-nodejs-sms')
  const base = new URL(settings.apiBase ?? 'https://sms.tencentcloudapi.com')
  // With an agent of ours the library does not look for a proxy in the environment.
  const agent = base.protocol === 'https:' ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })
  return new sms.v20210111.Client({
    credential: { secretId: settings.accessKeyId, secretKey: settings.accessKeySecret },
    region: settings.region ?? 'ap-guangzhou',
    profile: {
      httpProfile: { endpoint: base.host, protocol: `${base.protocol}//`, reqTimeout: timeoutMs / 1000, agent },
    },
  })
}
