import type { Deps } from '../deps.js'
import { ARCHIVE_AGENT_ID, type Callbacks } from './callbacks.js'

const APART_MS = 15_000

/**
 * `msgaudit_notify` [D 95039]: says that there is something to pull, never what, at most every 15 s of machine time.
 * What comes within the 15 s is told at their end.
 */
export type ArchiveNotice = { ring(): void; close(): void }

export function createArchiveNotice(deps: Deps, callbacks: Callbacks): ArchiveNotice {
  const { store, clock, settings } = deps
  let timer: NodeJS.Timeout | undefined
  const told = [...store.state.callbacks.values()].filter((c) => c.event === 'msgaudit_notify')
  let toldAt = Math.max(0, ...told.map((c) => c.machineAt))

  const tell = async () => {
    timer = undefined
    toldAt = clock.machine()
    const fields = { FromUserName: 'sys', MsgType: 'event', AgentID: ARCHIVE_AGENT_ID, Event: 'msgaudit_notify' }
    const fact = callbacks.prepare('archive', fields)
    await store.record(fact)
    callbacks.send(fact.id)
  }

  const ring = () => {
    if (!settings.callbacks.archive || timer) return
    const wait = toldAt + APART_MS - clock.machine()
    if (wait <= 0) void tell()
    else timer = setTimeout(tell, wait)
  }

  // Killed between a message and its notice: the notice is still owed.
  if (store.state.chats.unannounced) ring()
  return { ring, close: () => clearTimeout(timer) }
}
