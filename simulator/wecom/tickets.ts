import type { Deps } from '../deps.js'
import { secondsLeft } from '../state/access.js'
import { accept, type Outcome, refuse } from './answer.js'
import { newSecret, signPage } from './crypto.js'

/** [D 90506] Corp ticket for `config`, application ticket for `agentConfig`: never interchangeable. */
export function getTicket(deps: Deps, kind: 'corp' | 'agent'): Outcome {
  const now = deps.clock.machine()
  const known = deps.store.state.access.tickets.findLast((t) => t.kind === kind && secondsLeft(t.at, now) > 0)
  if (known) return accept({ ticket: known.value, expires_in: secondsLeft(known.at, now) })
  const value = newSecret(64)
  return accept({ ticket: value, expires_in: 7200 }, [{ type: 'ticket', kind, value, at: now }])
}

export function getTypedTicket(deps: Deps, query: URLSearchParams): Outcome {
  return query.get('type') === 'agent_config' ? getTicket(deps, 'agent') : refuse(40058, 'invalid type')
}

export type PageSignature = { nonce: string; timestamp: string; signature: string; url: string }

/** True when one of the tickets of this kind that are still valid made the signature. */
export function isSigned(deps: Deps, kind: 'corp' | 'agent', page: PageSignature): boolean {
  const now = deps.clock.machine()
  return deps.store.state.access.tickets
    .filter((t) => t.kind === kind && secondsLeft(t.at, now) > 0)
    .some((t) => signPage({ ticket: t.value, nonce: page.nonce, timestamp: page.timestamp, url: page.url }) === page.signature)
}
