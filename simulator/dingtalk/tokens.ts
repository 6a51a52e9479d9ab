import type { IncomingMessage } from 'node:http'
import type { Deps } from '../deps.js'
import { SECONDS, secondsLeft, type TokenWay } from '../state/dingtalk/access.js'
import { newSecret } from '../wecom/crypto.js'
import { give, giveOld, type Outcome, refuse, refuseAtGate, refuseOld } from './answer.js'
import type { Body, Endpoints, Input } from './endpoint.js'
import { settingsOf } from './settings-of.js'

/**
 * The same token comes again while it is good, and is good for its whole time again [obtain-the-access_token]. Each way has its
 * own here, and every one opens both APIs.
 */
function issue(deps: Deps, way: TokenWay, answer: (value: string) => Outcome): Outcome {
  const at = deps.clock.machine()
  const known = [...deps.store.state.dingtalk.access.tokens].findLast(
    ([, token]) => token.way === way && !token.revoked && secondsLeft(token.at, at) > 0,
  )
  const value = known?.[0] ?? newSecret(24)
  return { ...answer(value), facts: [{ type: 'ding-token', way, value, at }] }
}

const isOurs = (deps: Deps, id: unknown, secret: unknown): boolean => {
  const { clientId, clientSecret } = settingsOf(deps)
  return id === clientId && secret === clientSecret
}

/** `POST /v1.0/oauth2/accessToken`. */
function newToken(deps: Deps, body: Body): Outcome {
  if (!isOurs(deps, body.appKey, body.appSecret)) return refuse('invalidClientIdOrSecret', '无效的clientId或者clientSecret')
  return issue(deps, 'new', (accessToken) => give({ accessToken, expireIn: SECONDS }))
}

/** `POST /v1.0/oauth2/{corpId}/token`. */
function unifiedToken(deps: Deps, { path, body }: Input): Outcome {
  if (path.corpId !== settingsOf(deps).corpId) return refuse('invalidCorpId', '无效的corpId')
  if (body.grant_type !== 'client_credentials') return refuse('unsupportedGrantType', '不支持的grant_type')
  if (!isOurs(deps, body.client_id, body.client_secret))
    return refuse('invalidClientIdOrSecret', '无效的clientId或者clientSecret')
  return issue(deps, 'unified', (access_token) => give({ access_token, expires_in: SECONDS }))
}

/** `GET /gettoken`: 40035 and 40096 as seen on the real host. */
function legacyToken(deps: Deps, query: URLSearchParams): Outcome {
  const [key, secret] = [query.get('appkey'), query.get('appsecret')]
  if (!key || !secret) return refuseOld(40035, '缺少参数 corpid or appkey')
  if (!isOurs(deps, key, secret)) return refuseOld(40096, '不合法的appKey或appSecret')
  return issue(deps, 'legacy', (access_token) => giveOld({ access_token, expires_in: SECONDS }))
}

export const tokenEndpoints: Endpoints = {
  'POST /v1.0/oauth2/accessToken': { run: (deps, { body }) => newToken(deps, body), open: true, free: true },
  'POST /v1.0/oauth2/{corpId}/token': { run: unifiedToken, open: true, free: true },
  'GET /gettoken': { run: (deps, { query }) => legacyToken(deps, query), open: true, free: true },
}

/** Why the token of a request doesn't do; null when it does. The new API takes it from its header, the old from the query. */
export function checkToken(deps: Deps, api: string, req: IncomingMessage, query: URLSearchParams): Outcome | null {
  const isNew = api.includes(' /v1.0/')
  const value = isNew ? req.headers['x-acs-dingtalk-access-token'] : query.get('access_token')
  if (!value && isNew)
    return refuse('AuthenticationFailed.MissingParameter', 'Specified header x-acs-dingtalk-access-token is missing')
  const token = deps.store.state.dingtalk.access.tokens.get(String(value))
  if (token && !token.revoked && secondsLeft(token.at, deps.clock.machine()) > 0) return null
  if (isNew) return refuse('InvalidAuthentication', '不合法的access_token')
  return api.includes(' /topapi/') ? refuseAtGate(40014, '不合法的access_token') : refuseOld(40014, '不合法的access_token')
}

/** Why the application may not; null when it may. */
export function checkScope(deps: Deps, api: string, scope: string | undefined): Outcome | null {
  if (!scope || !deps.store.state.dingtalk.access.withdrawn.has(scope)) return null
  const words = `应用尚未开通所需的权限：[${scope}]，点击链接申请并开通即可`
  if (!api.includes(' /v1.0/')) return refuseAtGate(60011, words)
  return refuse('Forbidden.AccessDenied.AccessTokenPermissionDenied', words, 403, {
    accessdenieddetail: { requiredScopes: [scope] },
  })
}
