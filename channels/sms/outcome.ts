import { ChannelError, type ChannelErrorKind } from '../channel-error.js'

export type Meaning = { kind: ChannelErrorKind; hint: string; delayMs?: number }

/** First match wins: the longest names stand first, then what they begin with. */
export type Meanings = [RegExp, Meaning][]

const unknownCode: Meaning = { kind: 'give-up', hint: '短信平台返回了未知的错误码，可在短信平台的控制台查发送记录' }

/** The platform's no. Only a code that looks like one is shown: its message can hold the number. */
export function refusalBy(meanings: Meanings, method: string, code: string): ChannelError {
  const known = meanings.find(([pattern]) => pattern.test(code))?.[1] ?? unknownCode
  return new ChannelError({ method, code: shownCode(code), ...known })
}

/** What an answer says in passing, if it looks like a code and can't be a number. */
export function shownCode(code: string): string {
  return /^[A-Za-z][\w.:-]{0,79}$/.test(code) && !/\d{7}/.test(code) ? code : 'unknown-code'
}

/** The call did not end with an answer of the platform's. */
export function brokenSms(method: string, code: string, outcome: { unknown: boolean }): ChannelError {
  const hint = outcome.unknown ? '短信平台没有回应，结果未知' : '连不上短信平台，稍后自动重试'
  return new ChannelError({ method, code, kind: 'retry', hint, unknownOutcome: outcome.unknown })
}

/** A gateway that lost what is behind it can't know either; any other 5xx is a plain no. */
export function strangeStatus(method: string, status: number, mayBeAccepted: boolean): ChannelError {
  const code = `http-${status}`
  if (status < 500) return new ChannelError({ method, code, kind: 'config', hint: '接口地址不对，请核对 SMS_API_BASE' })
  return brokenSms(method, code, { unknown: mayBeAccepted && (status === 502 || status === 504) })
}

/** Codes of a connection that never came to be: nothing was sent. */
export const neverSent = /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_[A-Z_]+|[A-Z_]*SELF_SIGNED[A-Z_]*)\b/
