import * as z from 'zod'
import { exchange, LineBroken } from '../exchange.js'
import { parseJson } from '../parse-json.js'
import { brokenCall, strangeAnswer } from './errors.js'
import { type FormFile, writeForm } from './form.js'

const reply = z.looseObject({ errcode: z.number().int(), errmsg: z.string().default('') })
export type Reply = z.infer<typeof reply>

export type Fetch = (
  method: 'GET' | 'POST',
  path: string,
  parts: { query?: Record<string, string>; body?: object; file?: FormFile; timeoutMs?: number },
) => Promise<Reply>

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
    const sent = file ? writeForm(file) : body ? { body: JSON.stringify(body), headers: jsonHeaders } : {}
    const { status, text } = await exchange(url, { method, timeoutMs, ...sent }).catch((error: unknown) => {
      if (!(error instanceof LineBroken)) throw error
      throw brokenCall(path, error.code, { unknown: mayBeAccepted && error.wasSent })
    })
    if (status < 200 || status > 299) throw strangeAnswer(path, status, mayBeAccepted)
    const answer = reply.safeParse(parseJson(text))
    if (!answer.success) throw brokenCall(path, 'bad-answer', { unknown: mayBeAccepted })
    return answer.data
  }
}

const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' }
