import { createRequire } from 'node:module'
import type { SmsSettings } from '../../lib/sms-mail-config.js'
import type { ChannelError } from '../channel-error.js'
import { aliyunRefusal, aliyunReport } from './aliyun-errors.js'
import { mainlandMobile } from './mobile.js'
import { brokenSms, lostConnection, strangeStatus } from './outcome.js'
import type { Sms, SmsReport } from './sms.js'

type Sdk = typeof import('@alicloud/dysmsapi20170525')
type Detail = { sendStatus?: number; errCode?: string; receiveDate?: string }

/** SendStatus of QuerySendDetails; 1 is «no receipt yet». */
const failed = 2
const delivered = 3
/** Near midnight the provider may have filed a message under the next day. */
const nextDayMs = 10 * 60_000

/**
 * Alibaba Cloud. Send: https://help.aliyun.com/document_detail/419273.html,
 * receipt: https://help.aliyun.com/document_detail/419277.html
 */
export function createAliyunSms(settings: SmsSettings, timeoutMs: number): Sms {
  let loaded: ReturnType<typeof load> | null = null

  async function find(messageId: string, phoneNumber: string, sendDate: string): Promise<Detail | undefined> {
    loaded ??= load(settings, timeoutMs)
    const { sdk, client } = loaded
    const query = { bizId: messageId, phoneNumber, sendDate, pageSize: 10, currentPage: 1 }
    const request = new sdk.QuerySendDetailsRequest(query)
    const { body } = await call('QuerySendDetails', false, () => client.querySendDetails(request))
    if (body?.code !== 'OK') throw aliyunRefusal('QuerySendDetails', body?.code ?? '')
    return body.smsSendDetailDTOs?.smsSendDetailDTO?.[0]
  }

  async function sendBy(templateCode: string, mobile: string, { gaps, key }: { gaps: Record<string, string>; key: string }) {
    const phoneNumbers = mainlandMobile(mobile)
    loaded ??= load(settings, timeoutMs)
    const { sdk, client } = loaded
    const templateParam = JSON.stringify(gaps)
    const request = new sdk.SendSmsRequest({
      phoneNumbers,
      signName: settings.signName,
      templateCode,
      templateParam,
      outId: key,
    })
    const { body } = await call('SendSms', true, () => client.sendSms(request))
    if (!body?.code || (body.code === 'OK' && !body.bizId)) throw brokenSms('SendSms', 'bad-answer', { unknown: true })
    if (body.code !== 'OK') throw aliyunRefusal('SendSms', body.code)
    return { messageId: body.bizId ?? '' }
  }

  const { codeTemplateId } = settings
  return {
    provider: 'aliyun',

    send: (mobile, params, key) =>
      sendBy(settings.templateId, mobile, { gaps: { n: String(params.count), time: params.earliest }, key }),

    sendCode: codeTemplateId ? (mobile, code, key) => sendBy(codeTemplateId, mobile, { gaps: { code }, key }) : null,

    async report(messageId, mobile, sentAt) {
      const phoneNumber = mainlandMobile(mobile)
      const days = new Set([sentAt, new Date(sentAt.getTime() + nextDayMs)].map(beijingDay))
      for (const day of days) {
        const detail = await find(messageId, phoneNumber, day)
        if (detail) return reportOf(detail, sentAt)
      }
      return { state: 'pending' }
    },
  }
}

function reportOf({ sendStatus, errCode, receiveDate }: Detail, sentAt: Date): SmsReport {
  if (sendStatus === failed) return { state: 'failed', why: aliyunReport(errCode ?? '') }
  if (sendStatus !== delivered) return { state: 'pending' }
  const at = new Date(`${receiveDate?.replace(' ', 'T')}+08:00`)
  return { state: 'delivered', at: Number.isNaN(at.getTime()) ? sentAt : at }
}

/** 20261121, as Beijing counts days. */
const beijingDay = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '')

/** Runs one call of the library and sorts what it throws. Its errors hold the whole address, and so the number: none is kept. */
async function call<T>(method: string, mayBeAccepted: boolean, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw sorted(error, method, mayBeAccepted)
  }
}

type Thrown = { name?: string; message?: string; code?: unknown; statusCode?: unknown }

function sorted(error: unknown, method: string, mayBeAccepted: boolean): ChannelError {
  const { name = '', message = '', code, statusCode } = error as Thrown
  if (typeof statusCode === 'number') {
    // Without a code of the platform's the library writes «undefined».
    return code === 'undefined' ? strangeStatus(method, statusCode, mayBeAccepted) : aliyunRefusal(method, String(code))
  }
  if (error instanceof SyntaxError) return brokenSms(method, 'bad-answer', { unknown: mayBeAccepted })
  if (name.startsWith('RequestTimeout')) {
    return brokenSms(method, 'timeout', { unknown: mayBeAccepted && !message.startsWith('ConnectTimeout') })
  }
  // Its words begin with the system's own, and go on with the address and all that is in it.
  return lostConnection(method, `${code} ${message.split('http', 1)[0]}`, mayBeAccepted)
}

/**
 * Half a second and 30 MB, so at the first message only; with require, because Node and test runners wrap the default
 * export of this CommonJS module differently.
 */
function load(settings: SmsSettings, timeoutMs: number) {
  const require = createRequire(import.meta.url)
  const sdk = require('@alicloud/dysmsapi20170525') as Sdk
  const { Config } = require('@alicloud/openapi-client') as typeof import('@alicloud/openapi-client')
  const base = settings.apiBase ? new URL(settings.apiBase) : null
  const config = new Config({
    accessKeyId: settings.accessKeyId,
    accessKeySecret: settings.accessKeySecret,
    regionId: settings.region ?? 'cn-hangzhou',
    readTimeout: timeoutMs,
    // Its connect timer runs on while the answer is awaited: only a longer one tells «never connected» from «no answer».
    connectTimeout: timeoutMs + 1_000,
    ...(base ? { endpoint: base.host, protocol: base.protocol.slice(0, -1) } : {}),
  })
  return { sdk, client: new sdk.default(config) }
}
