import { hash } from 'node:crypto'
import type { DingtalkConfig } from '../../lib/dingtalk-config.js'
import type { Log } from '../../lib/log.js'
import type { ChannelError } from '../channel-error.js'
import { type Kept, keep } from '../keep.js'
import type { TokenShelf } from '../shelf.js'
import { newRefusal, oldRefusal, refusalOf } from './errors.js'
import { ask } from './fetch.js'
import { createLimit, type Limit } from './limit.js'
import type { Reply } from './reply.js'
import { readToken, tokenApi, tokenBody } from './token.js'

/** Of the configuration, what speaking takes; and where cards lead. */
export type DingtalkSettings = Pick<
  DingtalkConfig,
  'corpId' | 'clientId' | 'clientSecret' | 'agentId' | 'robotCode' | 'apiBase' | 'oapiBase' | 'cardTemplateId' | 'mode'
> & { publicUrl: string }

/** One request that leaves. What is paid for comes out of the organisation's month: calls, or pushes by webhook. */
export type Told = { api: string; paid: boolean; what: 'call' | 'push' }

export type DingtalkDeps = {
  settings: DingtalkSettings
  machineNow: () => Date
  log: Log
  /** How long a call may take; 10 s. */
  timeoutMs?: number
  /** Shared with the other processes of this app; without one each has tokens of its own. */
  shelf?: TokenShelf
  /** Told of each request just before it leaves, a repeated one too. */
  onCall?: (told: Told) => void
  /** Waits for its turn; createLimit by default. */
  limit?: Limit
}

export type CallInput = {
  query?: Record<string, string>
  body?: object
  /** The interface's name, where its path holds an id. */
  api?: string
  /** Not paid for: https://open.dingtalk.com/document/development/basic-interfaces-such-as-log-off-and-address-book */
  free?: boolean
  /** Changes nothing, though it is no GET: that its answer was lost does not matter. */
  reads?: boolean
}

export type Dingtalk = {
  readonly settings: DingtalkSettings
  readonly machineNow: () => Date
  /** The new API. `path` begins with `/v1.0/`. Throws a ChannelError on every no. */
  call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, input?: CallInput): Promise<Reply>
  /** The old API, by POST unless told. `path` has no slash at its front. Throws a ChannelError on every errcode but 0. */
  oapi(path: string, input?: CallInput & { method?: 'GET' }): Promise<Reply>
  /** The webhook of one conversation: opened by `session`, a secret, and not by our token. Throws as `oapi` does. */
  hook(path: string, input: { session: string; body: object }): Promise<Reply>
  /** Something of this app's that lives a while on the platform, like a ticket: fetched by `method`, shared by all processes. */
  keep(method: string, fetch: () => Promise<{ value: string; lifeMs: number }>): Kept
}

/** One call as it leaves, but for the token. */
type Leaving = Told & {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  base: string
  path: string
  query: Record<string, string>
  body?: object | undefined
  mayBeAccepted: boolean
  refusal: typeof newRefusal
}
/** What opens it: our token, or a conversation's own secret. */
type Opened = { token?: string; secret?: string }
type Said = { reply: Reply; error: ChannelError | null }

const defaultTimeoutMs = 10_000
/** Wrong in every process that has them. */
const sharedRefusals = ['invalidClientIdOrSecret']

/** The client of one app, for both APIs. A stale token is replaced once and the call repeated: the platform took nothing with it. */
export function createDingtalk(deps: DingtalkDeps): Dingtalk {
  const { settings, machineNow, shelf, timeoutMs = defaultTimeoutMs, limit = createLimit() } = deps
  const { apiBase, oapiBase, clientId, clientSecret } = settings
  const name = hash('sha256', [apiBase, clientId, clientSecret].join('\n'), 'base64url')
  const keepOurs: Dingtalk['keep'] = (method, fetch) =>
    keep({ method, name, sharedRefusals, refusalOf, shelf, machineNow, fetch })
  const tokens = keepOurs(tokenApi, async () => {
    const body = tokenBody(settings)
    return readToken(orThrow(await leave(newCall('POST', `/v1.0/${tokenApi}`, { body, free: true, reads: true }), {})))
  })

  async function leave(call: Leaving, opened: Opened): Promise<Said> {
    const end = await limit(call.api)
    try {
      deps.onCall?.({ api: call.api, paid: call.paid, what: call.what })
      return await speak(call, opened)
    } finally {
      end()
    }
  }

  async function speak(call: Leaving, opened: Opened): Promise<Said> {
    const { api, method, base, path, query, body, mayBeAccepted } = call
    const isOld = call.refusal === oldRefusal
    const inQuery = isOld && opened.token ? { access_token: opened.token, ...query } : query
    const asked = new URLSearchParams(inQuery).toString()
    const headers: Record<string, string> = !isOld && opened.token ? { 'x-acs-dingtalk-access-token': opened.token } : {}
    const startedAt = performance.now()
    const answer = await ask({ api, method, url: base + path + (asked && `?${asked}`), headers, body, mayBeAccepted, timeoutMs })
    const error = call.refusal(api, answer, mayBeAccepted)
    const line = { method: api, ms: Math.round(performance.now() - startedAt), code: error?.code ?? 0 }
    deps.log.debug(line, 'dingtalk call')
    if (error && error.kind !== 'refresh') deps.log.warn({ ...line, ...wordsOf(answer.reply, opened) }, 'dingtalk said no')
    return { reply: answer.reply, error }
  }

  /** What the platform says of its no, without what opened the call. */
  function wordsOf(reply: Reply, opened: Opened): { errmsg: string; request: string } {
    const [said, request] = [reply.message ?? reply.sub_msg ?? reply.errmsg, reply.requestid ?? reply.request_id].map(String)
    const secrets = [opened.token, opened.secret, clientSecret].filter((secret) => secret !== undefined)
    const errmsg = secrets.reduce((words, secret) => words.replaceAll(secret, '…'), said ?? '').slice(0, 300)
    return { errmsg, request: (request ?? '').slice(0, 60) }
  }

  async function say(call: Leaving): Promise<Reply> {
    const token = await tokens.get()
    const first = await leave(call, { token })
    if (first.error?.kind !== 'refresh') return orThrow(first)
    tokens.drop(token)
    return orThrow(await leave(call, { token: await tokens.get() }))
  }

  function newCall(method: Leaving['method'], path: string, input: CallInput): Leaving {
    const api = input.api ?? path.slice('/v1.0/'.length)
    const call = { api, method, base: apiBase, path, query: input.query ?? {}, body: input.body, refusal: newRefusal }
    return { ...call, paid: !input.free, what: 'call', mayBeAccepted: method !== 'GET' && !input.reads }
  }

  function oldCall(path: string, { method = 'POST', ...input }: CallInput & { method?: 'GET' | 'POST' }): Leaving {
    const body = method === 'GET' ? undefined : (input.body ?? {})
    const call = { api: input.api ?? path, method, base: oapiBase, path: `/${path}`, body }
    const costs = { paid: !input.free, what: 'call', mayBeAccepted: method !== 'GET' && !input.reads } as const
    return { ...call, ...costs, query: input.query ?? {}, refusal: oldRefusal }
  }

  return {
    settings,
    machineNow,
    keep: keepOurs,
    call: (method, path, input = {}) => say(newCall(method, path, input)),
    oapi: (path, input = {}) => say(oldCall(path, input)),
    async hook(path, { session, body }) {
      const call = { ...oldCall(path, { body, query: { session } }), what: 'push' } as const
      return orThrow(await leave(call, { secret: session }))
    },
  }
}

function orThrow({ reply, error }: Said): Reply {
  if (error) throw error
  return reply
}
