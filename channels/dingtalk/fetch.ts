import { exchange, LineBroken } from '../exchange.js'
import { parseJson } from '../parse-json.js'
import { blockedAddress, brokenCall, strangeAnswer } from './errors.js'
import type { Reply } from './reply.js'

export type Ask = {
  /** The interface: what an error and a log line call it. */
  api: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  url: string
  headers?: Record<string, string>
  body?: object | undefined
  /** It changes something: cut after it was sent, its outcome is unknown. */
  mayBeAccepted: boolean
  timeoutMs: number
}

/**
 * One call of either API. Gives the platform's JSON with its status, whatever it says; throws a ChannelError when there is
 * none, or when it comes from the guard in front of the platform. The address is in no error: it may hold a token.
 */
export async function ask(call: Ask): Promise<{ status: number; reply: Reply }> {
  const { api, method, url, body, mayBeAccepted, timeoutMs } = call
  const headers = {
    accept: 'application/json',
    ...(body ? { 'content-type': 'application/json; charset=utf-8' } : {}),
    ...call.headers,
  }
  const sent = body ? { body: JSON.stringify(body) } : {}
  const { status, text } = await exchange(url, { method, timeoutMs, headers, ...sent }).catch((error: unknown) => {
    if (!(error instanceof LineBroken)) throw error
    throw brokenCall(api, error.code, { unknown: mayBeAccepted && error.wasSent })
  })
  const reply = text.trim() === '' && status < 300 ? {} : parseJson(text)
  if (isObject(reply)) {
    const blocked = blockedAddress(api, reply)
    if (blocked) throw blocked
    return { status, reply }
  }
  if (status < 200 || status > 299 || text.trimStart().startsWith('<')) throw strangeAnswer(api, { status, text, mayBeAccepted })
  throw brokenCall(api, 'bad-answer', { unknown: mayBeAccepted })
}

const isObject = (value: unknown): value is Reply => typeof value === 'object' && value !== null && !Array.isArray(value)
