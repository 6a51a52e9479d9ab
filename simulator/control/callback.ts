import { randomInt } from 'node:crypto'
import { describe } from '../../lib/log.js'
import type { Deps } from '../deps.js'
import type { ConfigName } from '../state/callbacks.js'
import { envelope, post } from '../wecom/callbacks.js'
import { encrypt, sign } from '../wecom/crypto.js'
import { type Fields, writeXml } from '../wecom/xml.js'
import { ControlError } from './error.js'

const configOf = (deps: Deps, name: ConfigName) => {
  const config = deps.settings.callbacks[name]
  if (!config) throw new ControlError(400, `the configuration ${name} has no token or key`)
  return config
}

/** A hand-made callback, delivered once; `fields` get the corp id and the time unless they bring their own. */
export async function sendHandMade(deps: Deps, name: ConfigName, made: { xml?: string; fields?: Fields }) {
  const config = configOf(deps, name)
  const about = { ToUserName: deps.settings.corpId, CreateTime: Math.floor(deps.clock.business() / 1000) }
  const xml = made.xml ?? writeXml({ ...about, ...made.fields })
  return { xml, ...(await post(deps.settings.product, envelope(deps, config, xml, name), deps.settings.callbackMs)) }
}

/** What the administration console does when the address is saved: `echostr` must come back bare [D 90930]. */
export async function verifyUrl(deps: Deps, name: ConfigName) {
  const config = configOf(deps, name)
  const echo = String(randomInt(1_000_000_000, 9_999_999_999))
  const echostr = encrypt(config.aesKey, echo, deps.settings.corpId)
  const timestamp = String(Math.floor(deps.clock.machine() / 1000))
  const nonce = String(randomInt(1_000_000_000, 9_999_999_999))
  const query = new URLSearchParams({ msg_signature: sign(config.token, timestamp, nonce, echostr), timestamp, nonce, echostr })
  const started = performance.now()
  const res = await send(`${deps.settings.product}${config.path}?${query}`, { method: 'GET' }, deps.settings.callbackMs)
  const ms = Math.round(performance.now() - started)
  return { verified: res.status === 200 && res.answer === echo && ms < 1_000, ms, ...res }
}

type Raw = { path: string; method: string; query: string | Record<string, string>; body: string; headers: Record<string, string> }

/** Bytes as they are, for what a product must refuse. */
export function sendRaw(deps: Deps, raw: Raw) {
  const query = new URLSearchParams(raw.query).toString()
  const init = { method: raw.method, headers: raw.headers, ...(raw.method === 'GET' ? {} : { body: raw.body }) }
  return send(`${deps.settings.product}${raw.path}${query ? `?${query}` : ''}`, init, deps.settings.callbackMs)
}

async function send(url: string, init: RequestInit, timeoutMs: number) {
  try {
    const res = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) })
    return { status: res.status, answer: await res.text(), error: null }
  } catch (error) {
    return { status: null, answer: '', error: describe(error instanceof Error && error.cause ? error.cause : error).error }
  }
}
