import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Deps } from '../deps.js'
import type { Fault, Faults } from '../faults.js'
import { answerJson, pathOf, queryOf, readBody } from '../http.js'
import type { Fact } from '../state/state.js'
import { type Outcome, refuse, refuseAtGate, refuseOld, statusOf } from './answer.js'
import type { Body, Endpoint } from './endpoint.js'
import { ENDPOINTS } from './endpoints.js'
import type { Limits } from './limits.js'
import { spend } from './quota.js'
import { checkScope, checkToken } from './tokens.js'

/** Paths of `api.dingtalk.com` and `oapi.dingtalk.com`, which share the stand-in's port with everything else. */
export const isDingtalkPath = (path: string): boolean =>
  /^\/(v1\.0\/|topapi\/|gettoken$|get_jsapi_ticket$|call_back\/|robot\/|user\/|department\/)/.test(path)

export type Found = { api: string; endpoint: Endpoint; path: Record<string, string> }

const PATTERNS = Object.entries(ENDPOINTS).map(([api, endpoint]) => {
  const pattern = api.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')
  return { api, endpoint, match: new RegExp(`^${pattern}$`) }
})

/** General rules of both hosts. */
export async function answerDingtalk(
  deps: Deps,
  faults: Faults,
  limits: Limits,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const path = pathOf(req)
  const bytes = await readBody(req)
  const ip = req.socket.remoteAddress ?? '127.0.0.1'
  if (limits.isBlocked(ip, deps.clock.machine())) return limits.answerBlocked(res)
  const found = find(req.method ?? 'GET', path)
  const isNew = path.startsWith('/v1.0/')
  const trouble = await faults.play(found ? [path, pathFrom(found.api)] : path, req, res, (fault) =>
    send(res, ordered(isNew, fault)),
  )
  if (trouble === 'answered') return

  const query = queryOf(req)
  // The old API takes what it is told from the address as well, where there is no body.
  const body = !isNew && bytes.length === 0 ? readForm(query) : parse(bytes, req.headers['content-type'] ?? '')
  const { outcome, spent } = decide(deps, limits, found, req, query, body)
  const facts = outcome.code === null ? (outcome.facts ?? []) : []
  await deps.store.record(...facts, ...spent, describeCall(deps, path, found, query, body, outcome))
  if (trouble === 'cut') return void req.socket.destroy()
  send(res, outcome)
}

/** Trouble may be ordered for a path with its gaps: `/v1.0/todo/users/{unionId}/tasks`. */
const pathFrom = (api: string): string => api.split(' ')[1] ?? ''

function find(method: string, path: string): Found | null {
  for (const { api, endpoint, match } of PATTERNS) {
    const groups = match.exec(`${method} ${path}`)
    // The old API takes a call by either method.
    const old = groups ?? (path.startsWith('/v1.0/') ? null : match.exec(`${method === 'GET' ? 'POST' : 'GET'} ${path}`))
    if (!old) continue
    const gaps = Object.entries(old.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(String(value))])
    return { api, endpoint, path: Object.fromEntries(gaps) as Record<string, string> }
  }
  return null
}

/** A call that the gateway turned away costs nothing; one that the API refused does. */
function decide(
  deps: Deps,
  limits: Limits,
  found: Found | null,
  req: IncomingMessage,
  query: URLSearchParams,
  body: Body | null,
): { outcome: Outcome; spent: Fact[] } {
  const isNew = pathOf(req).startsWith('/v1.0/')
  if (!found) return { outcome: unknown(isNew), spent: [] }
  const { api, endpoint, path } = found
  const turned =
    (endpoint.open ? null : checkToken(deps, api, req, query)) ??
    tooFast(deps, limits, api) ??
    checkScope(deps, api, endpoint.scope)
  if (turned) return { outcome: turned, spent: [] }
  const paid = endpoint.free ? { facts: [], over: false } : spend(deps, 'calls')
  if (paid.over) return { outcome: usedUp(isNew), spent: [] }
  const outcome = body ? endpoint.run(deps, { query, body, path }) : unreadable(isNew)
  return { outcome, spent: paid.facts }
}

function tooFast(deps: Deps, limits: Limits, api: string): Outcome | null {
  if (!limits.isOver(api, deps.clock.machine())) return null
  const words = '请求的接口触发了应用维度的QPS限流，请稍后重试'
  return api.includes(' /v1.0/') ? refuse('Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', words) : refuseAtGate(90018, words)
}

const unreadable = (isNew: boolean): Outcome =>
  isNew ? refuse('InvalidParameter', 'The request body is not JSON') : refuseOld(43010, '需要json格式的请求数据')

const usedUp = (isNew: boolean): Outcome => {
  const words = '当前组织本月的API调用次数已用完，请升级专业版或购买资源包'
  return isNew ? refuse('Forbidden.AccessDenied.ApiCountLimitForOrg', words) : refuseAtGate(90020, words)
}

const unknown = (isNew: boolean): Outcome =>
  isNew
    ? refuse('InvalidAction.NotFound', 'Specified api is not found, please check your url and method.', 404)
    : refuseOld(22, '无效的API')

/** Trouble in the API's own shape. The new one has words for codes, the old one numbers. */
function ordered(isNew: boolean, fault: Fault): Outcome {
  if (!isNew) return refuseOld(fault.errcode, fault.errmsg ?? '系统繁忙')
  const code = fault.code ?? 'ServiceUnavailable'
  return refuse(code, fault.errmsg ?? 'The request has failed due to a temporary failure of the server.', statusOf(code))
}

const send = (res: ServerResponse, { status, body }: Outcome) => answerJson(res, body, status)

/** The old API takes forms too. Null: it can't be read. */
function parse(bytes: Buffer, type: string): Body | null {
  if (bytes.length === 0) return {}
  const text = bytes.toString('utf8')
  if (type.startsWith('application/x-www-form-urlencoded')) return readForm(new URLSearchParams(text))
  try {
    const value: unknown = JSON.parse(text)
    // Two or three endpoints take a bare list.
    if (Array.isArray(value)) return { list: value }
    return typeof value === 'object' && value !== null ? (value as Body) : null
  } catch {
    return null
  }
}

function readForm(form: URLSearchParams): Body {
  return Object.fromEntries(
    [...form].map(([name, value]) => {
      // What is an object in JSON is JSON in a field.
      if (!/^[[{]/.test(value)) return [name, value]
      try {
        return [name, JSON.parse(value) as unknown]
      } catch {
        return [name, value]
      }
    }),
  )
}

const SECRET = ['access_token', 'appsecret', 'appSecret', 'client_secret', 'code', 'session', 'sign', 'apiSecret']

function describeCall(
  deps: Deps,
  path: string,
  found: Found | null,
  query: URLSearchParams,
  body: Body | null,
  outcome: Outcome,
): Fact {
  const kept = (entries: Iterable<[string, unknown]>) =>
    Object.fromEntries([...entries].filter(([name]) => !SECRET.includes(name)))
  return {
    type: 'call',
    at: deps.clock.machine(),
    path,
    ...(found ? { api: found.api } : {}),
    body: { ...kept(query), ...kept(Object.entries(body ?? {})) },
    errcode: outcome.code === null ? 0 : Number(outcome.body.errcode ?? outcome.status),
    ...(outcome.code === null ? {} : { code: outcome.code }),
    accepted: outcome.code === null,
    deduplicated: false,
    ...(outcome.dropped?.length ? { dropped: outcome.dropped } : {}),
  }
}
