import { randomInt } from 'node:crypto'
import { shanghaiDay } from '../../lib/format/dates.js'
import type { Deps } from '../deps.js'
import type { SmsSettings } from '../settings.js'
import type { SmsFact } from '../state/sms.js'
import { limitReached } from './limits.js'
import { fillTemplate, gapsOf, hasLink, isSignApproved, isTemplateApproved, isTooLong } from './template.js'

export type Answer = { body: Record<string, unknown>; facts: SmsFact[] }

const no = (code: string, message: string): Answer => ({ body: { Code: code, Message: message }, facts: [] })

/**
 * `SendSms` of dysmsapi 2017-05-25 (help.aliyun.com/document_detail/419273.html, codes 101346.html). What the business
 * refuses is HTTP 200 with a code of its own.
 */
export function sendByAliyun(deps: Deps, settings: SmsSettings, query: URLSearchParams): Answer {
  const get = (name: string) => query.get(name) ?? ''
  const { sms } = deps.store.state
  const numbers = get('PhoneNumbers').split(',').map(plain)
  if (numbers.some((n) => n === null)) return no('isv.MOBILE_NUMBER_ILLEGAL', '非法手机号')
  if (numbers.length > 1_000) return no('isv.MOBILE_COUNT_OVER_LIMIT', '手机号码数量超过限制')
  if (!isSignApproved(settings, sms, get('SignName'))) return no('isv.SMS_SIGNATURE_ILLEGAL', '短信签名不合法')
  const template = get('TemplateCode')
  if (!isTemplateApproved(settings, sms, template)) return no('isv.SMS_TEMPLATE_ILLEGAL', '短信模板不合法')
  const values = readValues(get('TemplateParam'))
  if (!values) return no('isv.INVALID_JSON_PARAM', 'JSON参数不合法，只接受字符串值')
  const gaps = gapsOf(settings, template)
  if (gaps.some((name) => !values[name])) return no('isv.TEMPLATE_MISSING_PARAMETERS', '模板缺少变量')
  if (gaps.some((name) => isTooLong(values[name] ?? ''))) return no('isv.PARAM_LENGTH_LIMIT', '参数超出长度限制')
  if (gaps.some((name) => hasLink(values[name] ?? ''))) return no('isv.PARAM_NOT_SUPPORT_URL', '不支持URL')
  for (const mobile of numbers as string[]) {
    const limit = limitReached(deps, mobile, template, 60)
    const name = { seconds: '分钟级', hour: '小时级', day: '天级' }
    if (limit) return no('isv.BUSINESS_LIMIT_CONTROL', `触发${name[limit.name]}流控Permits:${limit.most}`)
  }

  const bizId = `${randomInt(1e11, 9e11)}^0`
  const [at, machineAt] = [deps.clock.business(), deps.clock.machine()]
  const about = {
    text: fillTemplate(settings, template, values),
    sign: get('SignName'),
    template,
    outId: get('OutId'),
    at,
    machineAt,
  }
  const facts = (numbers as string[]).map((mobile): SmsFact => ({ type: 'sms', id: `${bizId}|${mobile}`, mobile, ...about }))
  return { body: { Code: 'OK', Message: 'OK', BizId: bizId }, facts }
}

const STATUS = { pending: 1, failed: 2, delivered: 3 }

/** `QuerySendDetails` (help.aliyun.com/document_detail/419277.html): one number, one day of the last thirty. */
export function queryAliyun(deps: Deps, query: URLSearchParams): Answer {
  const mobile = plain(query.get('PhoneNumber') ?? '')
  if (!mobile) return no('isv.MOBILE_NUMBER_ILLEGAL', '非法手机号')
  const day = query.get('SendDate') ?? ''
  if (!/^\d{8}$/.test(day)) return no('isv.INVALID_PARAMETERS', '参数异常：SendDate')
  const [size, page] = [Number(query.get('PageSize')), Number(query.get('CurrentPage'))]
  if (!(size >= 1 && size <= 50) || !(page >= 1)) return no('isv.INVALID_PARAMETERS', '参数异常：PageSize、CurrentPage')
  const bizId = query.get('BizId')
  const found = (deps.store.state.sms.byMobile.get(mobile) ?? []).filter(
    (s) => shanghaiDay(s.machineAt).replaceAll('-', '') === day && (!bizId || s.id === `${bizId}|${mobile}`),
  )
  const details = found.slice((page - 1) * size, page * size).map((s) => ({
    PhoneNum: s.mobile,
    SendStatus: STATUS[s.status],
    ErrCode: s.code,
    TemplateCode: s.template,
    Content: s.text,
    SendDate: wall(s.machineAt),
    ReceiveDate: s.receiptMachineAt === null ? '' : wall(s.receiptMachineAt),
    OutId: s.outId,
  }))
  const listed = { TotalCount: found.length, SmsSendDetailDTOs: { SmsSendDetailDTO: details } }
  return { body: { Code: 'OK', Message: 'OK', ...listed }, facts: [] }
}

/** Eleven digits; +86, 0086 and 86 before them are taken as well. */
function plain(number: string): string | null {
  return /^(?:\+?86|0086)?(1[3-9]\d{9})$/.exec(number.trim())?.[1] ?? null
}

function readValues(json: string): Record<string, string> | null {
  try {
    const read: unknown = JSON.parse(json || '{}')
    if (typeof read !== 'object' || read === null) return null
    return Object.values(read).every((v) => typeof v === 'string') ? (read as Record<string, string>) : null
  } catch {
    return null
  }
}

const wall = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
