import { type Access, type AccessFact, applyAccess, createAccess } from './access.js'
import { applyCallback, type CallbackFact, type Callbacks } from './callbacks.js'
import { applyChat, type ChatFact, type Chats, createChats } from './chats.js'
import { applyDevice, createDevices, type DeviceFact, type Devices } from './devices.js'
import { applyMessage, createMessages, type MessageFact, type Messages } from './messages.js'

/** An API call that was answered, as the journal keeps it. Secrets and tokens are left out. */
export type Call = {
  at: number
  path: string
  body: unknown
  errcode: number
  accepted: boolean
  deduplicated: boolean
}

export type Fact =
  | { type: 'began'; at: number }
  | { type: 'offset'; offsetMs: number }
  | ({ type: 'call' } & Call)
  | AccessFact
  | MessageFact
  | ChatFact
  | CallbackFact
  | DeviceFact

export type State = {
  /** Business time of the very first start, null before it. */
  began: number | null
  offsetMs: number
  calls: ({ seq: number } & Call)[]
  access: Access
  messages: Messages
  chats: Chats
  callbacks: Callbacks
  devices: Devices
}

export const createState = (): State => ({
  began: null,
  offsetMs: 0,
  calls: [],
  access: createAccess(),
  messages: createMessages(),
  chats: createChats(),
  callbacks: new Map(),
  devices: createDevices(),
})

/** The only way the stand-in's state changes; replaying the journal through it rebuilds the state. */
export function apply(state: State, seq: number, fact: Fact): void {
  switch (fact.type) {
    case 'began':
      state.began = fact.at
      break
    case 'offset':
      state.offsetMs = fact.offsetMs
      break
    case 'call': {
      const { type: _, ...call } = fact
      state.calls.push({ seq, ...call })
      break
    }
    case 'token':
    case 'tokens-revoked':
    case 'ticket':
    case 'login-code':
    case 'login-code-used':
      applyAccess(state.access, fact)
      break
    case 'message':
    case 'card-click':
    case 'card-change':
    case 'recall':
    case 'member-text':
      applyMessage(state.messages, fact)
      break
    case 'chat':
    case 'chat-revoked':
    case 'archived':
    case 'archive-set':
      applyChat(state.chats, fact)
      break
    case 'callback':
      if (fact.event === 'msgaudit_notify') state.chats.unannounced = false
      applyCallback(state.callbacks, fact)
      break
    case 'callback-attempt':
      applyCallback(state.callbacks, fact)
      break
    case 'opened':
    case 'clipboard':
      applyDevice(state.devices, fact)
  }
}
