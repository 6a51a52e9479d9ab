import type { Deps } from '../deps.js'
import { type Secret, secondsLeft, type Token } from '../state/access.js'
import { accept, type Outcome, refuse } from './answer.js'
import { newSecret } from './crypto.js'

/**
 * [D 91039]. The secret is looked for before the corp id. Within its validity the same token comes again (widely relied
 * on, not on the page: U3), with the seconds that are left of it.
 */
export function getToken(deps: Deps, query: URLSearchParams): Outcome {
  const { settings, store, clock } = deps
  const given = query.get('corpsecret')
  if (!given) return refuse(41004)
  const corpId = query.get('corpid')
  if (!corpId) return refuse(41002)
  if (corpId !== settings.corpId) return refuse(40013)
  const secret: Secret | null = given === settings.secret ? 'app' : given === settings.archive?.secret ? 'archive' : null
  if (!secret) return refuse(40001)

  const now = clock.machine()
  const known = store.state.access.tokens.findLast((t) => t.secret === secret && !t.revoked && secondsLeft(t.at, now) > 0)
  if (known) return accept({ access_token: known.value, expires_in: secondsLeft(known.at, now) })
  const value = newSecret(96)
  return accept({ access_token: value, expires_in: 7200 }, [{ type: 'token', secret, value, at: now }])
}

/** The token of a request, or why it doesn't do. Taken from the query only: header and body are not looked at. */
export function checkToken(deps: Deps, query: URLSearchParams): Token | Outcome {
  const value = query.get('access_token')
  if (!value) return refuse(41001)
  const token = deps.store.state.access.tokens.find((t) => t.value === value)
  if (!token || token.revoked) return refuse(40014)
  if (secondsLeft(token.at, deps.clock.machine()) <= 0) return refuse(42001)
  return token
}
