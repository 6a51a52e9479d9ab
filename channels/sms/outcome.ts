import { ChannelError, type ChannelErrorKind } from '../channel-error.js'

export type Meaning = { kind: ChannelErrorKind; hint: string; delayMs?: number }

/** First match wins: the longest names stand first, then what they begin with. */
export type Meanings = [RegExp, Meaning][]

const strangeCode = 'unknown-code'
const unknownMeaning: Meaning = { kind: 'give-up', hint: '短信平台返回了未知的错误码，可在短信平台的控制台查发送记录' }

/** The platform's no. Only a code that looks like one is shown: its message can hold the number. */
export function refusalBy(meanings: Meanings, method: string, code: string): ChannelError {
  const known = meanings.find(([pattern]) => pattern.test(code))?.[1] ?? unknownMeaning
  return new ChannelError({ method, code: shownCode(code), ...known })
}

/** What an answer says in passing, if it looks like a code and can't be a number. */
function shownCode(code: string): string {
  return /^[A-Za-z][\w.:-]{0,79}$/.test(code) && !/\d{7}/.test(code) ? code : strangeCode
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
const neverSent = /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)\b/
/** The same, and no second try will mend it: what answers there speaks no TLS, or has a certificate of somebody else's. */
const noTls = /wrong.version.number|certificate|\bCERT_|SELF_SIGNED|UNABLE_TO_VERIFY/i

/** A connection that broke; `said` is all that is known of how. */
export function lostConnection(method: string, said: string, mayBeAccepted: boolean): ChannelError {
  if (noTls.test(said)) {
    const hint = '与短信平台建立不了加密连接，请检查代理、证书和 SMS_API_BASE'
    return new ChannelError({ method, code: 'tls', kind: 'config', hint })
  }
  const known = neverSent.exec(said)?.[0]
  return brokenSms(method, known ?? 'network', { unknown: mayBeAccepted && !known })
}

/** For people: why an operator did not deliver. */
export function reportBy(reports: [RegExp, string][], code: string): string {
  const known = reports.find(([pattern]) => pattern.test(code))?.[1]
  if (known) return known
  const shown = shownCode(code)
  return shown === strangeCode ? '运营商没有送达' : `运营商没有送达（${shown}）`
}
