import { type ChatMessage, type Customer, type CustomerGroup, type StandinState, toMs } from '../standin/state.js'

/** Somebody who can speak in a conversation. */
export type Speaker = { id: string; name: string; kind: '客户' | '销售' | '同事' }
export type Line = Omit<ChatMessage, 'from'> & { speaker: Speaker }

/** One row of the list on the left: a customer of one rep or a group that the rep is in, with what was said. */
export type Conversation = {
  key: string
  rep: string
  /** The external userid or the group's id. */
  id: string
  isGroup: boolean
  name: string
  about: string
  speakers: Speaker[]
  lines: Line[]
  lastAt: number
  unread: number
  /** The customer came without being asked and waits for the rep's nod. */
  half: boolean
  /** The customer has removed the rep. */
  gone: boolean
}

export const chatKey = (rep: string, id: string) => `${rep}/${id}`
export const isOutside = (speaker: Speaker) => speaker.kind === '客户'

const NOBODY: Speaker = { id: '', name: '已退群的人', kind: '客户' }

/** A rep's conversations, newest first. `readUntil`: up to when each was read. */
export function conversationsOf(state: StandinState, rep: string, readUntil: ReadonlyMap<string, number>): Conversation[] {
  const nameOf = (userid: string) => state.people.find((person) => person.userid === userid)?.name ?? userid
  const chats = state.customers
    .filter((customer) => customer.rep === rep)
    .map((customer) => ofCustomer(state, customer, nameOf(rep)))
  const groups = state.customerGroups
    .filter((group) => !group.dismissed && group.members.some((member) => member.key === rep))
    .map((group) => ofGroup(group, rep))
  return [...chats, ...groups]
    .map((each) => ({ ...each, unread: unreadIn(each.lines, readUntil.get(each.key) ?? 0) }))
    .sort((one, other) => other.lastAt - one.lastAt)
}

type Row = Omit<Conversation, 'unread'>

function ofCustomer(state: StandinState, customer: Customer, repName: string): Row {
  const { rep, externalUserId: id, name, company, half, ended, joinedAt } = customer
  const speakers: [Speaker, Speaker] = [
    { id, name, kind: '客户' },
    { id: rep, name: repName, kind: '销售' },
  ]
  const said = state.chats.find((each) => each.rep === rep && each.externalUserId === id)?.messages ?? []
  const lines = said.map(({ from, ...rest }): Line => ({ ...rest, speaker: speakers[from === 'customer' ? 0 : 1] }))
  const lastAt = newestOf(lines) || toMs(joinedAt)
  return {
    key: chatKey(rep, id),
    rep,
    id,
    isGroup: false,
    name,
    about: company,
    speakers,
    lines,
    lastAt,
    half,
    gone: ended !== null,
  }
}

function ofGroup(group: CustomerGroup, rep: string): Row {
  const speakers = group.members
    .map(({ key, name, ours }): Speaker => ({ id: key, name, kind: ours ? (key === rep ? '销售' : '同事') : '客户' }))
    // Customers first: the desk is there to be them.
    .sort((one, other) => Number(isOutside(other)) - Number(isOutside(one)))
  const lines = group.messages.map(
    ({ from, ...rest }): Line => ({
      ...rest,
      speaker: speakers.find((one) => one.id === from) ?? NOBODY,
    }),
  )
  const outside = speakers.filter(isOutside).length
  const about = `${outside} 位客户，${speakers.length - outside} 位同事`
  const [id, name] = [group.chatId, group.name || '客户群']
  return {
    key: chatKey(rep, id),
    rep,
    id,
    isGroup: true,
    name,
    about,
    speakers,
    lines,
    lastAt: newestOf(lines),
    half: false,
    gone: false,
  }
}

const newestOf = (lines: Line[]) => {
  const last = lines.at(-1)
  return last ? toMs(last.at) : 0
}
const unreadIn = (lines: Line[], until: number) => lines.filter((line) => isOutside(line.speaker) && toMs(line.at) > until).length

/** A copied run of messages as the client puts it on the clipboard: a name and time line, then the words. */
export function copiedRun(conversation: Conversation, last: number) {
  return conversation.lines
    .filter((line) => !line.revoked)
    .slice(-last)
    .map(({ speaker, at, text }) => `${isOutside(speaker) ? `${speaker.name}@微信` : speaker.name} ${stamp(toMs(at))}\n${text}`)
    .join('\n\n')
}

const sortable = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' })
/** 「2026/11/21 09:05:07」 */
const stamp = (at: number) => sortable.format(at).replaceAll('-', '/')
