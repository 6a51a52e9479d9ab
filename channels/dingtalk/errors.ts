import * as z from 'zod'
import { ChannelError } from '../channel-error.js'
import { type Meaning, newMeanings } from './codes-new.js'
import { oldMeanings } from './codes-old.js'
import type { Reply } from './reply.js'

const minute = 60_000
/** A code that is not known is given up: the platform said no, and repeating it may do harm. */
const unknownMeaning: Meaning = { kind: 'give-up', hint: '钉钉返回了未知的错误码' }
const busy: Meaning = { kind: 'retry', hint: '钉钉系统繁忙，稍后自动重试' }

const newNo = z.object({
  code: z.string().min(1),
  message: z.string().default('').catch(''),
  accessdenieddetail: z
    .object({ requiredScopes: z.array(z.string()) })
    .optional()
    .catch(undefined),
})
const oldNo = z.object({
  errcode: z.coerce.number(),
  sub_code: z.unknown().optional(),
  sub_msg: z.string().default('').catch(''),
})

type Answer = { status: number; reply: Reply }

/** A no of the new API, null when it is none: `{code, message, requestid}` with a status of 400 and more. */
export function newRefusal(api: string, { status, reply }: Answer, mayBeAccepted: boolean): ChannelError | null {
  if (status < 400) return null
  const said = newNo.safeParse(reply).data
  if (!said) return strangeAnswer(api, { status, text: '', mayBeAccepted })
  // The one no that only its words tell apart.
  const isTaskThere = said.code === 'todo.taskCreate.paramError' && said.message.trim() === 'task exist'
  const meaning =
    meaningOf(isTaskThere ? 'todo.taskCreate.exists' : said.code) ?? (status >= 500 || status === 429 ? busy : unknownMeaning)
  const hint = withScopes(meaning, said.accessdenieddetail?.requiredScopes ?? [])
  const unknownOutcome = mayBeAccepted && isGateway(status)
  return new ChannelError({ method: api, code: shownCode(said.code), ...meaning, hint, unknownOutcome })
}

/** A no of the old API, null when it is none: errcode is not 0; 88 has its reason in sub_code. */
export function oldRefusal(api: string, { status, reply }: Answer, mayBeAccepted: boolean): ChannelError | null {
  const said = oldNo.safeParse(reply).data
  if (!said && status >= 400) return strangeAnswer(api, { status, text: '', mayBeAccepted })
  if (!said) return brokenCall(api, 'bad-answer', { unknown: mayBeAccepted })
  if (said.errcode === 0) return null
  const code = (said.errcode === 88 && Number(said.sub_code)) || said.errcode
  // 15: what is behind the platform did not answer it in time, and may have done it.
  if (code === 15 && mayBeAccepted) return brokenCall(api, 15, { unknown: true })
  const meaning = meaningOf(code) ?? unknownMeaning
  const hint = withScopes(
    meaning,
    [...said.sub_msg.matchAll(/\[([\w.]+)\]/g)].flatMap((found) => found[1] ?? []),
  )
  return new ChannelError({ method: api, code, ...meaning, hint })
}

/** What a code means by itself: a number is the old API's. */
export function refusalOf(api: string, code: number | string): ChannelError {
  return new ChannelError({ method: api, code, ...(meaningOf(code) ?? unknownMeaning) })
}

function meaningOf(code: number | string): Meaning | undefined {
  return typeof code === 'number' ? oldMeanings[code] : newMeanings.find(([pattern]) => pattern.test(code))?.[1]
}

/** The right that is missing, by the name that it has in the console. */
function withScopes({ hint, kind }: Meaning, scopes: string[]): string {
  const shown = kind === 'config' ? scopes.filter((scope) => looksLikeCode.test(scope)) : []
  return shown.length > 0 ? `${hint}：${shown.join('、')}` : hint
}

const guard = z.union([
  z.looseObject({ punish: z.literal('deny'), wait: z.number().optional() }),
  z.looseObject({ status: z.literal(1111), wait: z.number().optional() }),
])

/**
 * The guard in front of the platform: this address asked more than 10,000 times in 20 seconds and is left out for some
 * minutes. https://open.dingtalk.com/document/development/how-to-process-api-throttling-on-the-dingtalk-server
 */
export function blockedAddress(api: string, reply: Reply): ChannelError | null {
  const found = guard.safeParse(reply).data
  return found ? blocked(api, (found.wait ?? 5) * minute) : null
}

/** An answer that is not the platform's own. The guard may show its words in a page. */
export function strangeAnswer(api: string, answer: { status: number; text: string; mayBeAccepted: boolean }): ChannelError {
  const { status, text, mayBeAccepted } = answer
  if (/"punish"\s*:\s*"deny"/.test(text)) return blocked(api, Number(/"wait"\s*:\s*(\d{1,3})/.exec(text)?.[1] ?? 5) * minute)
  if (status >= 500) return brokenCall(api, `http-${status}`, { unknown: mayBeAccepted && isGateway(status) })
  const isPage = text.trimStart().startsWith('<')
  if (isPage && (status < 300 || status === 403 || status === 429)) return blocked(api, 5 * minute)
  const hint = '接口地址不对，请核对 DINGTALK_API_BASE 与 DINGTALK_OAPI_BASE'
  return new ChannelError({ method: api, code: `http-${status}`, kind: 'config', hint })
}

/** The call did not end with an answer. */
export function brokenCall(api: string, code: number | string, outcome: { unknown: boolean }): ChannelError {
  const hint = outcome.unknown ? '钉钉没有回应，结果未知' : '连不上钉钉，稍后自动重试'
  return new ChannelError({ method: api, code, kind: 'retry', hint, unknownOutcome: outcome.unknown })
}

function blocked(api: string, delayMs: number): ChannelError {
  const hint = '钉钉暂时不接受本机出口 IP 的调用（或接口地址不对，请核对 DINGTALK_API_BASE），几分钟后自动重试'
  return new ChannelError({ method: api, code: 'ip-blocked', kind: 'retry', hint, delayMs })
}

/** A gateway that lost what is behind it can't know whether it was done. */
const isGateway = (status: number) => status === 502 || status === 504

const looksLikeCode = /^[A-Za-z][\w.:-]{0,99}$/

/** Only what looks like a code is shown: nobody promises that there is nothing else in it. */
const shownCode = (code: string) => (looksLikeCode.test(code) ? code : 'unknown-code')
