import { type ChatMessage, type Customer, type StandinState, toMs } from '../standin/state.js'

/** One row of the list on the left: a customer of one rep, with what was said. */
export type Conversation = {
  key: string
  rep: string
  customer: Customer
  messages: ChatMessage[]
  lastAt: number
  unread: number
}

export const chatKey = (rep: string, externalUserId: string) => `${rep}/${externalUserId}`

const newestOf = (messages: ChatMessage[]) => {
  const last = messages.at(-1)
  return last ? toMs(last.at) : 0
}

/** A rep's conversations, newest first. `readUntil`: up to when each was read. */
export function conversationsOf(state: StandinState, rep: string, readUntil: ReadonlyMap<string, number>): Conversation[] {
  return state.customers
    .filter((customer) => customer.rep === rep)
    .map((customer) => {
      const chat = state.chats.find((each) => each.rep === rep && each.externalUserId === customer.externalUserId)
      const messages = chat?.messages ?? []
      const key = chatKey(rep, customer.externalUserId)
      const until = readUntil.get(key) ?? 0
      const unread = messages.filter((each) => each.from === 'customer' && toMs(each.at) > until).length
      return { key, rep, customer, messages, lastAt: newestOf(messages), unread }
    })
    .sort((one, other) => other.lastAt - one.lastAt)
}

/** A copied run of messages as the client puts it on the clipboard: a name and time line, then the words. */
export function copiedRun(conversation: Conversation, repName: string, last: number) {
  return conversation.messages
    .filter((message) => !message.revoked)
    .slice(-last)
    .map((message) => {
      const name = message.from === 'customer' ? `${conversation.customer.name}@微信` : repName
      return `${name} ${stamp(toMs(message.at))}\n${message.text}`
    })
    .join('\n\n')
}

const sortable = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' })
/** 「2026/11/21 09:05:07」 */
const stamp = (at: number) => sortable.format(at).replaceAll('-', '/')
