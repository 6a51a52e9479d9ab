import { randomInt } from 'node:crypto'
import { z } from 'zod'
import type { Deps } from '../deps.js'
import type { SmsSettings } from '../settings.js'
import type { SmsFact } from '../state/sms.js'
import type { Answer } from './aliyun.js'
import { limitReached } from './limits.js'
import { fillTemplate, gapsOf, hasLink, isSignApproved, isTemplateApproved, isTooLong } from './template.js'

const sending = z.object({
  PhoneNumberSet: z.array(z.string()).min(1).max(200),
  SmsSdkAppId: z.string(),
  TemplateId: z.string(),
  SignName: z.string().default(''),
  TemplateParamSet: z.array(z.string()).default([]),
  SessionContext: z.string().default(''),
})
const asking = z.object({
  BeginTime: z.number().int(),
  EndTime: z.number().int().optional(),
  Offset: z.number().int(),
  Limit: z.number().int().min(1).max(100),
  PhoneNumber: z.string(),
  SmsSdkAppId: z.string(),
})

const WEEK_S = 7 * 86_400
const error = (code: string, message: string): Answer => ({ body: { Error: { Code: code, Message: message } }, facts: [] })

/** `SendSms` 2021-01-11 (cloud.tencent.com/document/api/382/55981, codes 59177): each number has a status of its own. */
export function sendByTencent(deps: Deps, settings: SmsSettings, body: unknown): Answer {
  const read = sending.safeParse(body)
  if (!read.success) return error('InvalidParameter', z.prettifyError(read.error))
  const given = read.data
  const facts: SmsFact[] = []
  const statuses = given.PhoneNumberSet.map((number) => {
    const mobile = plain(number)
    const why = mobile
      ? refusal(deps, settings, given, mobile)
      : (['InvalidParameterValue.IncorrectPhoneNumber', '号码格式错误'] as const)
    const serial = `${randomInt(1_000, 9_999)}:${randomInt(1e12, 9e12)}${randomInt(1e12, 9e12)}`
    if (!why && mobile) {
      const values = Object.fromEntries(
        gapsOf(settings, given.TemplateId).map((name, i) => [name, given.TemplateParamSet[i] ?? '']),
      )
      const about = { text: fillTemplate(settings, given.TemplateId, values), sign: given.SignName, template: given.TemplateId }
      const times = { at: deps.clock.business(), machineAt: deps.clock.machine() }
      facts.push({ type: 'sms', id: serial, mobile, outId: given.SessionContext, ...about, ...times })
    }
    const outcome = why
      ? { SerialNo: '', Fee: 0, Code: why[0], Message: why[1] }
      : { SerialNo: serial, Fee: 1, Code: 'Ok', Message: 'send success' }
    return { ...outcome, PhoneNumber: number, SessionContext: given.SessionContext, IsoCode: 'CN' }
  })
  return { body: { SendStatusSet: statuses }, facts }
}

function refusal(
  deps: Deps,
  settings: SmsSettings,
  given: z.infer<typeof sending>,
  mobile: string,
): readonly [string, string] | null {
  const { sms } = deps.store.state
  if (given.SmsSdkAppId !== settings.sdkAppId) return ['InvalidParameterValue.SdkAppIdNotExist', 'SmsSdkAppId 不存在']
  if (!isSignApproved(settings, sms, given.SignName))
    return ['FailedOperation.SignatureIncorrectOrUnapproved', '签名未审批或格式错误']
  if (!isTemplateApproved(settings, sms, given.TemplateId))
    return ['FailedOperation.TemplateIncorrectOrUnapproved', '模板未审批或内容不匹配']
  const gaps = gapsOf(settings, given.TemplateId)
  if (given.TemplateParamSet.length !== gaps.length)
    return ['FailedOperation.TemplateParamSetNotMatchApprovedTemplate', '参数与模板不匹配']
  if (given.TemplateParamSet.some((v) => hasLink(v)))
    return ['UnsupportedOperation.ContainUrlInTemplateParameter', '模板变量含链接']
  if (given.TemplateParamSet.some((v) => isTooLong(v)))
    return ['InvalidParameterValue.TemplateParameterLengthLimit', '模板变量过长']
  const limit = limitReached(deps, mobile, given.TemplateId, 30)
  const codes = { seconds: 'PhoneNumberThirtySecondLimit', hour: 'PhoneNumberOneHourLimit', day: 'PhoneNumberDailyLimit' }
  return limit ? [`LimitExceeded.${codes[limit.name]}`, '单个手机号下发短信条数超过设定的上限'] : null
}

/** `PullSmsSendStatusByPhoneNumber` (55978): only what the carrier has reported, of the last seven days. */
export function pullTencent(deps: Deps, settings: SmsSettings, body: unknown): Answer {
  const read = asking.safeParse(body)
  if (!read.success) return error('InvalidParameter', z.prettifyError(read.error))
  const { BeginTime, EndTime = Number.POSITIVE_INFINITY, Limit, PhoneNumber, SmsSdkAppId } = read.data
  const mobile = plain(PhoneNumber)
  if (!mobile) return error('InvalidParameterValue.IncorrectPhoneNumber', '号码格式错误')
  if (SmsSdkAppId !== settings.sdkAppId) return error('InvalidParameterValue.SdkAppIdNotExist', 'SmsSdkAppId 不存在')
  if (BeginTime < deps.clock.machine() / 1_000 - WEEK_S)
    return error('InvalidParameterValue.BeginTimeVerifyFail', '最多可拉取 7 天内的数据')
  const reported = (deps.store.state.sms.byMobile.get(mobile) ?? []).filter((s) => {
    const sent = s.machineAt / 1_000
    return s.status !== 'pending' && sent >= BeginTime && sent <= EndTime
  })
  const statuses = reported.slice(0, Limit).map((s) => ({
    UserReceiveTime: Math.floor((s.receiptMachineAt ?? 0) / 1_000),
    CountryCode: '86',
    SubscriberNumber: mobile,
    PhoneNumber: `+86${mobile}`,
    SerialNo: s.id,
    ReportStatus: s.status === 'delivered' ? 'SUCCESS' : 'FAIL',
    Description: s.code,
    SessionContext: s.outId,
  }))
  return { body: { PullSmsSendStatusSet: statuses }, facts: [] }
}

/** E.164; a bare number of the mainland is taken as one. */
function plain(number: string): string | null {
  return /^(?:\+86|0086|86)?(1[3-9]\d{9})$/.exec(number)?.[1] ?? null
}
