import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Deps } from '../deps.js'
import { answerPage, queryOf } from '../http.js'
import { CODE_MS, USER_TICKET_SECONDS } from '../state/access.js'
import { isInRange } from '../state/members.js'
import { findPerson, type Person } from '../world.js'
import { accept, type Outcome, refuse } from './answer.js'
import { visibleFollows } from './contacts/known.js'
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
  if (!isInRange(store.state.members, person)) return answerPage(res, '无法登录', '你不在应用的可见范围内')

  // Reading mobile and mail is the member's to allow, on a page of the platform's, each time anew.
  const asked = query.get('scope') === 'snsapi_privateinfo'
  const consent = query.get('__consent')
  if (asked && !consent) return answerConsent(res, deps.world.organisation.app, req.url ?? '')
  const grants = asked ? { grants: consent === 'yes' } : {}

  const code = newSecret(32)
  await store.record({ type: 'login-code', code, userid: person.userid, at: clock.machine(), ...grants })
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
  if (code.outside) return accept(showVisitor(deps, code.userid), [{ type: 'login-code-used', code: value }])
  const person = findPerson(deps.world, code.userid)
  if (!person || !isInRange(deps.store.state.members, person)) return refuse(40029)
  const used = { type: 'login-code-used', code: value } as const
  if (code.grants === null) return accept({ userid: person.userid }, [used])
  const ticket = newSecret(64)
  const issued = { type: 'user-ticket', ticket, userid: person.userid, grants: code.grants, at: deps.clock.machine() } as const
  return accept({ userid: person.userid, user_ticket: ticket, expires_in: USER_TICKET_SECONDS }, [used, issued])
}

/** Who is no member has an openid, and is named where a member whom the application sees follows them. */
function showVisitor(deps: Deps, externalUserId: string): Record<string, unknown> {
  const openid = `o${createHash('sha256').update(`${deps.settings.corpId}/${externalUserId}`).digest('base64url').slice(0, 27)}`
  const known = visibleFollows(deps).some((follow) => follow.externalUserId === externalUserId)
  return { openid, ...(known ? { external_userid: externalUserId } : {}) }
}

function answerConsent(res: ServerResponse, app: string, url: string): void {
  const to = (answer: string) => `${url}&__consent=${answer}`.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  const button = 'display:block;margin:12px 0;padding:10px;border-radius:6px;text-decoration:none;'
  const choices = [
    `<a href="${to('yes')}" style="${button}background:#2467c9;color:#fff">允许</a>`,
    `<a href="${to('no')}" style="${button}background:#eef1f5;color:#1d2129">不允许</a>`,
  ]
  answerPage(res, `${app} 申请获取你的手机号和邮箱`, choices.join(''))
}

function readUrl(raw: string | null): URL | null {
  return raw && URL.canParse(raw) ? new URL(raw) : null
}
