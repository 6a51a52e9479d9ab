import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Deps } from '../deps.js'
import { answerPage, queryOf } from '../http.js'
import { CODE_MS } from '../state/access.js'
import { findPerson, type Person } from '../world.js'
import { accept, type Outcome, refuse } from './answer.js'
import { newSecret } from './crypto.js'

/**
 * `GET /connect/oauth2/authorize` [D 91022], answered on the person's own host. The redirect goes to the trusted domain
 * in the real world; here that domain, seen from this person's client, is the person's own host.
 */
export async function authorize(deps: Deps, req: IncomingMessage, res: ServerResponse, person: Person): Promise<void> {
  const query = queryOf(req)
  const { settings, store, clock } = deps
  const state = query.get('state') ?? ''
  if (query.get('appid') !== settings.corpId) return answerPage(res, '无法登录', 'appid 参数错误')
  if (query.get('response_type') !== 'code' || !/^snsapi_(base|privateinfo)$/.test(query.get('scope') ?? ''))
    return answerPage(res, '无法登录', 'response_type 或 scope 参数错误')
  if (Buffer.byteLength(state) > 128 || !/^[A-Za-z0-9]*$/.test(state)) return answerPage(res, '无法登录', 'state 参数错误')
  const target = readUrl(query.get('redirect_uri'))
  const ownHost = req.headers.host ?? ''
  if (!target || (target.host !== settings.publicUrl.host && target.host !== ownHost))
    return answerPage(res, '无法登录', 'redirect_uri 需使用应用可信域名')

  const code = newSecret(32)
  await store.record({ type: 'login-code', code, userid: person.userid, at: clock.machine() })
  target.host = ownHost
  target.searchParams.set('code', code)
  target.searchParams.set('state', state)
  res.writeHead(302, { location: target.href, 'cache-control': 'no-store' })
  res.end()
}

/** `GET auth/getuserinfo` [D 91023]: a code is good once, for five minutes of machine time. */
export function getUserInfo(deps: Deps, query: URLSearchParams): Outcome {
  const value = query.get('code') ?? ''
  const code = deps.store.state.access.codes.get(value)
  if (!code || code.used) return refuse(40029)
  if (deps.clock.machine() - code.at > CODE_MS) return refuse(42003)
  const person = findPerson(deps.world, code.userid)
  if (!person) return refuse(40029)
  return accept({ userid: person.userid }, [{ type: 'login-code-used', code: value }])
}

function readUrl(raw: string | null): URL | null {
  return raw && URL.canParse(raw) ? new URL(raw) : null
}
