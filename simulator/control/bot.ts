import { randomBytes } from 'node:crypto'
import type { Deps } from '../deps.js'
import type { Callbacks } from '../wecom/callbacks.js'

/** A member writes to the application: a `text` message [D 90239], with a 64-bit MsgId. */
export async function writeToApp(deps: Deps, callbacks: Callbacks, { userid, text }: { userid: string; text: string }) {
  const msgid = randomBytes(8).readBigUInt64BE() >> 1n
  const fields = { FromUserName: userid, MsgType: 'text', Content: text, MsgId: msgid, AgentID: deps.settings.agentId }
  const fact = callbacks.prepare('app', fields)
  await deps.store.record({ type: 'member-text', userid, text, msgid: String(msgid), at: deps.clock.business() }, fact)
  callbacks.send(fact.id)
  return { callbackId: fact.id, msgid: String(msgid) }
}

/** A member opens the application: `enter_agent` [D 90240]. */
export async function enterApp(deps: Deps, callbacks: Callbacks, userid: string) {
  const fields = { FromUserName: userid, MsgType: 'event', Event: 'enter_agent', EventKey: '', AgentID: deps.settings.agentId }
  const fact = callbacks.prepare('app', fields)
  await deps.store.record(fact)
  callbacks.send(fact.id)
  return { callbackId: fact.id }
}
