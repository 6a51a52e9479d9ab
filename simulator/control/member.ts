import type { Deps } from '../deps.js'
import type { MemberFact } from '../state/members.js'
import { hasLeft, isInRange } from '../state/members.js'
import type { Callbacks } from '../wecom/callbacks.js'
import { findPerson } from '../world.js'

/** `subscribe` and `unsubscribe` [D 90240]: a member comes into the application's range or falls out of it. */
async function change(deps: Deps, callbacks: Callbacks, fact: MemberFact, event: 'subscribe' | 'unsubscribe') {
  const fields = { FromUserName: fact.userid, MsgType: 'event', Event: event, EventKey: '', AgentID: deps.settings.agentId }
  const told = callbacks.prepare('app', fields)
  await deps.store.record(fact, told)
  callbacks.send(told.id)
  return { callbackId: told.id }
}

const look = (deps: Deps, userid: string) => {
  const person = findPerson(deps.world, userid)
  const { members } = deps.store.state
  return { left: person !== undefined && hasLeft(members, person), reached: person !== undefined && isInRange(members, person) }
}

/** Leaves the organisation. Nothing is told when that is so already, or when the application had lost sight of them before. */
export async function leave(deps: Deps, callbacks: Callbacks, userid: string) {
  const { left, reached } = look(deps, userid)
  if (left) return {}
  const fact: MemberFact = { type: 'member-left', userid, at: deps.clock.business() }
  if (reached) return change(deps, callbacks, fact, 'unsubscribe')
  await deps.store.record(fact)
  return {}
}

/** Comes back to the organisation. */
export async function join(deps: Deps, callbacks: Callbacks, userid: string) {
  const { left } = look(deps, userid)
  if (!left) return {}
  const fact: MemberFact = { type: 'member-joined', userid }
  if (!deps.store.state.members.outOfRange.has(userid)) return change(deps, callbacks, fact, 'subscribe')
  await deps.store.record(fact)
  return {}
}

export async function setRange(deps: Deps, callbacks: Callbacks, userid: string, isIn: boolean) {
  const { left } = look(deps, userid)
  const fact: MemberFact = { type: 'member-range', userid, in: isIn }
  if (deps.store.state.members.outOfRange.has(userid) !== isIn) return {}
  if (!left) return change(deps, callbacks, fact, isIn ? 'subscribe' : 'unsubscribe')
  await deps.store.record(fact)
  return {}
}
