import { type Dispatcher, request } from 'undici'
import * as z from 'zod'
import { brokenCall, strangeAnswer } from './errors.js'
import { type FormFile, writeForm } from './form.js'

const reply = z.looseObject({ errcode: z.number().int(), errmsg: z.string().default('') })
export type Reply = z.infer<typeof reply>

export type Fetch = (
  method: 'GET' | 'POST',
  path: string,
  parts: { query?: Record<string, string>; body?: object; file?: FormFile; timeoutMs?: number },
) => Promise<Reply>

/** Codes of a connection that never came to be: nothing was sent. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
])

/**
 * One call to `<base>/cgi-bin/<path>`. Gives the platform's JSON whatever its errcode; throws a ChannelError when there is
 * none. A POST that was cut after it was sent may have been accepted: its outcome is unknown. A GET changes
 * nothing, so it never is. Only the path is ever named in an error: the query holds token and secret.
 * https://developer.work.weixin.qq.com/document/path/90313
 */
export function createFetch(deps: { base: string; timeoutMs: number }): Fetch {
  return async (method, path, { query = {}, body, file, timeoutMs = deps.timeoutMs }) => {
    const mayBeAccepted = method === 'POST'
    const url = `${deps.base}/cgi-bin/${path}?${new URLSearchParams(query)}`
    const init: { method: 'GET' | 'POST'; signal: AbortSignal; body?: string | Buffer; headers?: Record<string, string> } = {
      method,
      signal: AbortSignal.timeout(timeoutMs),
    }
    if (file) Object.assign(init, writeForm(file))
    else if (body)
      Object.assign(init, { body: JSON.stringify(body), headers: { 'content-type': 'application/json; charset=utf-8' } })

    let response: Dispatcher.ResponseData
    try {
      response = await request(url, init)
    } catch (error) {
      const code = codeOf(error)
      throw brokenCall(path, code, { unknown: mayBeAccepted && !neverSent.has(code) })
    }
    if (response.statusCode < 200 || response.statusCode > 299) {
      await response.body.dump().catch(() => {})
      throw strangeAnswer(path, response.statusCode, mayBeAccepted)
    }
    try {
      return reply.parse(await response.body.json())
    } catch (error) {
      const isText = error instanceof SyntaxError || error instanceof z.ZodError
      throw brokenCall(path, isText ? 'bad-answer' : codeOf(error), { unknown: mayBeAccepted })
    }
  }
}

/** undici says it on the error, a broken connection sometimes on its cause. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'network'
  if (error.name === 'TimeoutError') return 'timeout'
  for (const one of [error.cause, error])
    if (one instanceof Error && 'code' in one && typeof one.code === 'string') return one.code
  return 'network'
}
