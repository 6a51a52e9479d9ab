import type { Deps } from '../deps.js'
import { usesPlugin } from '../state/members.js'
import { accept, type Outcome, refuse } from './answer.js'

const RECALL_MS = 24 * 3_600_000

/**
 * `POST message/recall` [D 94867]: within 24 hours of business time. What members read in WeChat's plugin stays there. A second
 * time is answered like the first: the page says nothing of it.
 */
export function recallMessage(deps: Deps, body: Record<string, unknown>): Outcome {
  const sent = deps.store.state.messages.sent.get(String(body.msgid ?? ''))
  if (!sent) return refuse(40058, 'invalid msgid')
  if (deps.clock.business() - sent.at > RECALL_MS) return refuse(42052)
  const { members } = deps.store.state
  const keep = deps.world.people.filter((person) => usesPlugin(members, person)).map(({ userid }) => userid)
  return accept({}, [{ type: 'recall', msgid: sent.msgid, keep }])
}
