import { randomInt } from 'node:crypto'
import { describe } from '../../lib/log.js'
import type { Deps } from '../deps.js'
import type { DingtalkPush, PushAttempt } from '../state/dingtalk-pushes.js'
import { decrypt, encrypt, sign, signCard, signRobot } from './crypto.js'
import type { DingtalkSettings } from './settings.js'

/** Where the product's console would have been told to send things. */
export const PATHS = { event: '/callback/dingtalk', robot: '/callback/dingtalk/robot', card: '/callback/dingtalk/card' }

type Answered = Omit<PushAttempt, 'at'>
export type Seal = { token: string; aesKey: string; ownerKey: string }

/** The key of an application of the developer console owns its events; of those registered by API it was the corp id. */
export const sealOf = (dingtalk: DingtalkSettings): Seal | null =>
  dingtalk.events && { ...dingtalk.events, ownerKey: dingtalk.clientId }

/**
 * One delivery of an event [http-callback-overview]. It is good when the answer is 200 and decrypts to the bare `success` for
 * the same owner. Both names of the signature are sent: samples read either.
 */
export async function postEvent(deps: Deps, seal: Seal, body: unknown, timeoutMs: number, stop?: AbortSignal): Promise<Answered> {
  const encrypted = encrypt(seal.aesKey, JSON.stringify(body), seal.ownerKey)
  const timestamp = String(deps.clock.machine())
  const nonce = newNonce()
  const signature = sign(seal.token, timestamp, nonce, encrypted)
  const query = new URLSearchParams({ signature, msg_signature: signature, timestamp, nonce })
  const url = `${deps.settings.product}${PATHS.event}?${query}`
  const got = await post(url, { encrypt: encrypted }, {}, timeoutMs, stop)
  return got.ok ? judge(seal, got) : got
}

/** One message to the robot [receive-message]; the answer may itself be a message. */
export function postRobot(
  deps: Deps,
  secret: string,
  body: unknown,
  timeoutMs: number,
  stop?: AbortSignal,
  at = deps.clock.machine(),
): Promise<Answered> {
  const timestamp = String(at)
  const headers = { timestamp, sign: signRobot(secret, timestamp) }
  return post(`${deps.settings.product}${PATHS.robot}`, body, headers, timeoutMs, stop)
}

/** One press of a card [event-callback-card]. Pressed once more by a repeat of the network it is the same to the last byte. */
export function postCard(deps: Deps, push: DingtalkPush, secret: string | null, timeoutMs: number, stop?: AbortSignal) {
  const timestamp = String(push.machineAt)
  const signed: Record<string, string> = secret
    ? { 'x-ddpaas-signature-timestamp': timestamp, 'x-ddpaas-signature': signCard(secret, timestamp) }
    : {}
  return post(reach(deps, push.url), push.body, signed, timeoutMs, stop)
}

/** The name under which the product is public is known here alone, and leads to it. */
function reach({ settings }: Deps, url: string | undefined): string {
  if (!url) return `${settings.product}${PATHS.card}`
  const { hostname, pathname, search } = new URL(url)
  return hostname === settings.publicUrl.hostname ? `${settings.product}${pathname}${search}` : url
}

export const newNonce = (): string => Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

function judge(seal: Seal, got: Answered): Answered {
  const wrong = (error: string): Answered => ({ ...got, ok: false, error })
  try {
    const { msg_signature, timeStamp, nonce, encrypt: sealed } = JSON.parse(got.answer) as Record<string, unknown>
    if (typeof sealed !== 'string' || typeof nonce !== 'string' || typeof timeStamp !== 'string')
      return wrong('the answer must have timeStamp, nonce and encrypt, all strings')
    if (sign(seal.token, timeStamp, nonce, sealed) !== msg_signature) return wrong("the answer's signature is wrong")
    const { message, ownerKey } = decrypt(seal.aesKey, sealed)
    if (ownerKey !== seal.ownerKey) return wrong(`the answer belongs to ${ownerKey}`)
    return message === 'success' ? { ...got, answer: message } : wrong(`the answer says ${message}`)
  } catch (error) {
    return wrong(`the answer can't be read: ${describe(error).error}`)
  }
}

async function post(
  url: string,
  body: unknown,
  headers: Record<string, string>,
  timeoutMs: number,
  stop?: AbortSignal,
): Promise<Answered> {
  const started = performance.now()
  const spent = () => Math.round(performance.now() - started)
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    const res = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
      body: JSON.stringify(body),
      // «Redirecting URLs are refused.»
      redirect: 'manual',
      signal: stop ? AbortSignal.any([timeout, stop]) : timeout,
    })
    const answer = (await res.text()).slice(0, 20_000)
    const ok = res.status === 200
    return { ok, status: res.status, ms: spent(), error: ok ? null : `HTTP ${res.status}`, answer }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const words = timeout.aborted ? `no answer within ${timeoutMs} ms` : describe(cause).error
    return { ok: false, status: null, ms: spent(), error: words, answer: '' }
  }
}
