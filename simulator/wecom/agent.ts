import type { Deps } from '../deps.js'
import { type Outcome, refuse } from './answer.js'

/** The application that a body names must be the one whose token was used. Null when it is. */
export function checkAgent(deps: Deps, agentid: unknown): Outcome | null {
  if (agentid === undefined || agentid === null || agentid === '') return refuse(41011)
  const id = Number(agentid)
  if (!Number.isInteger(id) || id <= 0) return refuse(40056)
  return id === deps.settings.agentId ? null : refuse(301002)
}
