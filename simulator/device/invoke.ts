import { z } from 'zod'
import type { Deps } from '../deps.js'
import type { Fact } from '../state/state.js'
import { isSigned } from '../wecom/tickets.js'
import type { Person } from '../world.js'
import { type News, news } from './news.js'

const config = z.object({ params: z.record(z.string(), z.unknown()), url: z.string() })

/** What bridge.js sends: a call, the page it came from, and the configurations that this page was granted. */
export const invocation = z.object({
  name: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
  url: z.string(),
  configs: z.object({ agentConfig: config.optional(), preVerifyJSAPI: config.optional() }).default({}),
})
type Invocation = z.infer<typeof invocation>
type Result = { err_msg: string; [field: string]: unknown }

/** `say` goes into the open chat as the person's own words. */
export type Invoked = {
  result: Result
  facts?: Fact[]
  say?: ({ externalUserId: string } | { chatId: string }) & { text: string; news?: News }
  clipboard?: string
  event?: string
}

/** Entries that stand beside one chat with a customer [JS]. */
const BESIDE_CUSTOMER = ['single_chat_tools', 'contact_profile', 'chat_attachment', 'single_kf_tools']

export function invoke(deps: Deps, person: Person, call: Invocation): Invoked {
  const run = APIS[call.name]
  if (!run) return { result: { err_msg: `${call.name}:function not exist` } }
  return run(deps, person, call)
}

const answer = (call: Invocation, words: string, fields: Record<string, unknown> = {}): Invoked => ({
  result: { err_msg: `${call.name}:${words}`, ...fields },
})

type Api = (deps: Deps, person: Person, call: Invocation) => Invoked

/** Sidebar calls need the application's own signature and the name in jsApiList; a page without them is refused. */
const asApplication =
  (api: Api): Api =>
  (deps, person, call) => {
    const granted = call.configs.agentConfig
    const list = granted?.params.jsApiList
    const allowed = granted && isAgentSigned(deps, granted.params, granted.url) && Array.isArray(list) && list.includes(call.name)
    return allowed ? api(deps, person, call) : answer(call, 'fail no permission')
  }

const openChat = (deps: Deps, person: Person) => deps.store.state.devices.open.get(person.userid) ?? { entry: 'normal' }

const APIS: Record<string, Api> = {
  agentConfig(deps, _person, call) {
    const { corpid, agentid } = call.params
    if (corpid !== deps.settings.corpId || String(agentid) !== String(deps.settings.agentId))
      return answer(call, 'fail', { err_code: 40013 })
    return isAgentSigned(deps, call.params, call.url) ? answer(call, 'ok') : answer(call, 'fail', { err_code: 40093 })
  },

  preVerifyJSAPI(deps, _person, call) {
    const { verifyAppId, verifyNonceStr, verifyTimestamp, verifySignature } = call.params
    const page = {
      nonce: String(verifyNonceStr),
      timestamp: String(verifyTimestamp),
      signature: String(verifySignature),
      url: call.url,
    }
    const good = verifyAppId === deps.settings.corpId && isSigned(deps, 'corp', page)
    return good ? answer(call, 'ok') : answer(call, 'fail', { err_code: 40093 })
  },

  getContext: asApplication((deps, person, call) => answer(call, 'ok', { entry: openChat(deps, person).entry, shareTicket: '' })),

  getCurExternalContact: asApplication((deps, person, call) => {
    const { entry, externalUserId } = openChat(deps, person)
    if (!externalUserId || !BESIDE_CUSTOMER.includes(entry)) return answer(call, 'fail without context of external contact')
    return answer(call, 'ok', { userId: externalUserId })
  }),

  getCurExternalChat: asApplication((deps, person, call) => {
    const { entry, chatId } = openChat(deps, person)
    if (!chatId || entry !== 'group_chat_tools') return answer(call, 'fail without context of external contact')
    return answer(call, 'ok', { chatId })
  }),

  /** Words, and cards that lead to a page: other kinds of message have no place in the chats that are played here. */
  sendChatMessage: asApplication((deps, person, call) => {
    const { entry, externalUserId, chatId } = openChat(deps, person)
    const { contacts, customerGroups } = deps.store.state
    const customer = BESIDE_CUSTOMER.includes(entry) && externalUserId ? contacts.people.get(externalUserId) : undefined
    const group = entry === 'group_chat_tools' && chatId ? customerGroups.get(chatId) : undefined
    if (!customer && !group) return answer(call, 'fail without context of external contact')
    const said = readMessage(call.params)
    if (!said) return answer(call, 'fail invalid params')
    const say = customer ? { externalUserId: customer.externalUserId, ...said } : { chatId: group?.chatId ?? '', ...said }
    return { ...answer(call, 'ok'), say }
  }),

  getClipboardData: (deps, person, call) =>
    answer(call, 'ok', { data: deps.store.state.devices.clipboards.get(person.userid) ?? '' }),

  setClipboardData(_deps, person, call) {
    const text = String(call.params.data ?? '')
    return { ...answer(call, 'ok'), facts: [{ type: 'clipboard', userid: person.userid, text }], clipboard: text }
  },

  closeWindow: (_deps, _person, call) => ({ ...answer(call, 'ok'), event: 'close-window' }),
}

const message = z.discriminatedUnion('msgtype', [
  z.object({ msgtype: z.literal('text'), text: z.object({ content: z.string().min(1) }) }),
  z.object({ msgtype: z.literal('news'), news }),
])

function readMessage(params: unknown): { text: string; news?: News } | null {
  const read = message.safeParse(params)
  if (!read.success) return null
  if (read.data.msgtype === 'text') return { text: read.data.text.content }
  return { text: `[链接] ${read.data.news.title}`, news: read.data.news }
}

function isAgentSigned(deps: Deps, params: Record<string, unknown>, url: string): boolean {
  const { nonceStr, timestamp, signature } = params
  return isSigned(deps, 'agent', { nonce: String(nonceStr), timestamp: String(timestamp), signature: String(signature), url })
}
