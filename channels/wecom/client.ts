import { hash } from 'node:crypto'
import type { Log } from '../../lib/log.js'
import { type Kept, keep } from '../keep.js'
import type { TokenShelf } from '../shelf.js'
import { refusalOf } from './errors.js'
import { createFetch, type Reply } from './fetch.js'
import type { FormFile } from './form.js'
import { fetchToken } from './token.js'

export type WecomSettings = {
  corpId: string
  agentId: number
  secret: string
  /** https://qyapi.weixin.qq.com, or the stand-in. */
  apiBase: string
  /** https://open.weixin.qq.com, or the stand-in. */
  oauthBase: string
  /** Cards and logins lead back here: the app's trusted domain. */
  publicUrl: string
}

export type WecomDeps = {
  settings: WecomSettings
  machineNow: () => Date
  log: Log
  /** How long a call may take; 10 s. */
  timeoutMs?: number
  /** Shared with the other processes of this app; without one each has tokens of its own. */
  shelf?: TokenShelf
}

export type Wecom = {
  readonly settings: WecomSettings
  readonly machineNow: () => Date
  /**
   * One call of the platform. `input` is the query of a GET and the JSON body of a POST.
   * Throws a ChannelError on every non-zero errcode.
   */
  call(method: 'GET' | 'POST', path: string, input?: object): Promise<Reply>
  /** A file. Throws as `call` does. */
  upload(path: string, sent: { query: Record<string, string>; file: FormFile; timeoutMs: number }): Promise<Reply>
  /** Something of this app's that lives a while on the platform, like a ticket: fetched by `method`, shared by all processes. */
  keep(method: string, fetch: () => Promise<{ value: string; lifeMs: number }>): Kept
}

const defaultTimeoutMs = 10_000
/** Secret or corp id: wrong in every process that has them. */
const sharedRefusals = [40001, 40013, 41002, 41004]

/** The client of one app. A stale token is replaced once and the call repeated: the platform took nothing with it. */
export function createWecom(deps: WecomDeps): Wecom {
  const fetch = createFetch({ base: deps.settings.apiBase, timeoutMs: deps.timeoutMs ?? defaultTimeoutMs })
  const { corpId, secret, apiBase } = deps.settings
  const { shelf, machineNow } = deps
  const name = hash('sha256', [apiBase, corpId, secret].join('\n'), 'base64url')
  const keepOurs: Wecom['keep'] = (method, fetchIt) =>
    keep({
      method,
      name,
      sharedRefusals,
      refusalOf: (call, code) => refusalOf(call, Number(code)),
      shelf,
      machineNow,
      fetch: fetchIt,
    })
  const tokens = keepOurs('gettoken', () => fetchToken(fetch, { corpId, secret }))

  async function say(path: string, once: (token: string) => Promise<Reply>): Promise<Reply> {
    const startedAt = performance.now()
    const answer = await withToken(tokens, path, once)
    const line = { method: path, ms: Math.round(performance.now() - startedAt), code: answer.errcode }
    deps.log.debug(line, 'wecom call')
    if (answer.errcode !== 0) {
      deps.log.warn({ ...line, errmsg: answer.errmsg.slice(0, 300) }, 'wecom said no')
      throw refusalOf(path, answer.errcode)
    }
    return answer
  }

  return {
    keep: keepOurs,
    settings: deps.settings,
    machineNow: deps.machineNow,
    call: (method, path, input = {}) =>
      say(path, (token) => {
        const query = { access_token: token, ...(method === 'GET' ? stringsOf(input) : {}) }
        return fetch(method, path, method === 'GET' ? { query } : { query, body: input })
      }),
    upload: (path, { query, ...sent }) =>
      say(path, (token) => fetch('POST', path, { query: { access_token: token, ...query }, ...sent })),
  }
}

async function withToken(tokens: Kept, path: string, once: (token: string) => Promise<Reply>): Promise<Reply> {
  const token = await tokens.get()
  const answer = await once(token)
  if (answer.errcode === 0 || refusalOf(path, answer.errcode).kind !== 'refresh') return answer
  tokens.drop(token)
  return once(await tokens.get())
}

function stringsOf(input: object): Record<string, string> {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, String(value)]))
}
