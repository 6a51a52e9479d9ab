import type { DingCard, DingChat, DingNotice } from '../standin/dingtalk.js'
import { type Person, type StandinState, toMs } from '../standin/state.js'
import { originOf, type Place, pageOnPhone } from './hosts.js'
import { plainWords } from './phones.js'

/** Somebody with an account there. */
export type DingMember = Person & { dingtalk: NonNullable<Person['dingtalk']> }

export type ThingKind = 'notice' | 'todo' | 'ding' | 'sms' | 'mail'

/** Rooms of somebody's DingTalk: the robot's chat, what comes without one, and groups by their id. */
export type DingRoom = {
  key: string
  kind: 'robot' | 'group' | ThingKind
  name: string
  last: string
  lastAt: number
  /** Members of a group. */
  people: number
}

/** One line of a chat. `card` and `words` never stand together. */
export type DingLine = {
  key: string
  at: number
  /** Null: the robot. */
  from: { id: string; name: string } | null
  mine: boolean
  words: string
  isMarkdown: boolean
  links: { title: string; url: string }[]
  card: DingCard | null
  recalled: boolean
  /** Whom it calls. */
  calls: string[]
}

/** What stands in a room that is no chat. */
export type DingThing = {
  key: string
  id: string
  at: number
  title: string
  words: string
  link: { title: string; url: string } | null
  /** Of a to-do: ticked by this member. */
  done: boolean | null
  /** Of a DING: how it rang. */
  tag: string
}

/** Those who have nothing else come first. */
export const dingMembers = ({ people, dingtalk }: StandinState): DingMember[] =>
  people
    .filter(
      (person): person is DingMember =>
        person.dingtalk !== null && !dingtalk?.left.includes(person.dingtalk.userid.toLowerCase()),
    )
    .sort((one, other) => Number(one.wecom) - Number(other.wecom))

/** Who is looked at first. */
export const firstMember = (members: DingMember[]): DingMember | null =>
  members.find(({ wecom, roles }) => !wecom && roles.includes('rep')) ?? members[0] ?? null

const isIn = (chat: DingChat, userid: string, group: string | null): boolean =>
  'userid' in chat ? group === null && chat.userid === userid : chat.group === group

/** Everything said in one chat of this member's, in its order. `group` null: with the robot. */
export function linesOf(state: StandinState, { dingtalk: { userid } }: DingMember, group: string | null): DingLine[] {
  const { dingtalk } = state
  if (!dingtalk) return []
  /** Under the id that is theirs everywhere on the desk: colours go by it. */
  const speaker = (id: string) => state.people.find((person) => person.dingtalk?.userid === id) ?? { userid: id, name: id }
  const plain = { words: '', isMarkdown: false, links: [], card: null, recalled: false, calls: [] }
  const lines: DingLine[] = [
    ...dingtalk.heard
      .filter(({ chat }) => isIn(chat, userid, group))
      .map((one) => ({
        ...plain,
        key: one.msgId,
        at: toMs(one.at),
        from: { id: speaker(one.userid).userid, name: speaker(one.userid).name },
        mine: one.userid === userid,
        words: group !== null && one.atRobot ? `@不漏 ${one.text}` : one.text,
      })),
    ...dingtalk.messages
      .filter(({ chats }) => chats.some((chat) => isIn(chat, userid, group)))
      .map((one) => ({
        ...plain,
        key: one.key,
        at: toMs(one.sentAt),
        from: null,
        mine: false,
        words: one.words,
        isMarkdown: one.msgKey !== 'sampleText',
        links: linksOf(one.param),
        recalled: one.recalled,
        calls: one.at.map((id) => speaker(id).name),
      })),
    ...dingtalk.cards
      .filter(({ chat }) => isIn(chat, userid, group))
      .map((card) => ({ ...plain, key: card.outTrackId, at: toMs(card.sentAt), from: null, mine: false, card })),
  ]
  return lines.sort((one, other) => one.at - other.at)
}

/** Buttons of an action card, of one link or several. */
export function linksOf(param: Record<string, unknown>): { title: string; url: string }[] {
  const text = (name: string) => (typeof param[name] === 'string' ? (param[name] as string) : '')
  const pairs = [
    [text('singleTitle'), text('singleURL')],
    ['打开', text('messageUrl')],
    ...[1, 2, 3, 4, 5].map((n) => [text(`actionTitle${n}`), text(`actionURL${n}`)]),
    ...[1, 2].map((n) => [text(`buttonTitle${n}`), text(`buttonUrl${n}`)]),
  ]
  return pairs.flatMap(([title = '', url = '']) => (title && url ? { title, url } : []))
}

const RINGS: Record<number, string> = { 1: '应用内 DING', 2: '短信 DING', 3: '电话 DING' }

export function thingsOf(state: StandinState, member: DingMember, kind: ThingKind): DingThing[] {
  const { dingtalk } = state
  const { dingtalk: me } = member
  if (!dingtalk) return []
  const bare = { words: '', link: null, done: null, tag: '' }
  switch (kind) {
    case 'notice':
      return dingtalk.notices
        .filter(({ to, recalled }) => to.includes(me.userid) && !recalled)
        .map((one) => ({ ...bare, key: `notice:${one.taskId}`, id: String(one.taskId), at: toMs(one.at), ...readNotice(one) }))
    case 'todo':
      return dingtalk.todos
        .filter(({ executorIds }) => executorIds.includes(me.unionid))
        .map((one) => ({
          ...bare,
          key: `todo:${one.id}`,
          id: one.id,
          at: toMs(one.at),
          title: one.subject,
          words: one.description,
          link: { title: '去处理', url: one.detailUrl.pcUrl },
          done: one.doneBy.includes(me.unionid),
        }))
    case 'ding':
      return dingtalk.dings
        .filter(({ to, recalled }) => to.includes(me.userid) && !recalled)
        .map((one) => ({
          ...bare,
          key: `ding:${one.id}`,
          id: one.id,
          at: toMs(one.at),
          title: one.content,
          tag: RINGS[one.remindType] ?? 'DING',
        }))
    // Of their telephone, which no platform owns.
    case 'sms':
      return state.sms
        .filter(({ userid, status }) => userid === member.userid && status === 'delivered')
        .map((one) => ({ ...bare, key: `sms:${one.id}`, id: one.id, at: toMs(one.at), title: one.text }))
    case 'mail':
      return state.mails
        .filter(({ userid }) => userid === member.userid)
        .map((one) => ({
          ...bare,
          key: `mail:${one.id}`,
          id: one.id,
          at: toMs(one.at),
          title: one.subject,
          words: one.text.trim(),
        }))
  }
}

function readNotice({ msg }: DingNotice): Pick<DingThing, 'title' | 'words' | 'link'> {
  const part = (typeof msg[msg.msgtype] === 'object' ? msg[msg.msgtype] : {}) as Record<string, unknown>
  const text = (...names: string[]) =>
    names.map((name) => part[name]).find((value): value is string => typeof value === 'string') ?? ''
  const url = text('single_url', 'messageUrl', 'message_url')
  const [first] = Array.isArray(part.btn_json_list) ? (part.btn_json_list as { title: string; action_url: string }[]) : []
  const link = url
    ? { title: text('single_title') || '查看详情', url }
    : first
      ? { title: first.title, url: first.action_url }
      : null
  const title = text('title') || '不漏'
  const words = text('markdown', 'text', 'content')
  // The title stands at the head of an action card's words as well: the list shows the one, the card the other.
  const [head = '', ...rest] = words.split('\n')
  const isTwice = plainWords(head).trim() === title
  return { title, words: isTwice ? rest.join('\n').trim() : words, link }
}

const summaryOf = ({ card, words, recalled, from, mine }: DingLine, isGroup: boolean): string => {
  if (recalled) return '不漏撤回了一条消息'
  const said = card
    ? [card.shows.title, card.shows.desc].filter(Boolean).join(' · ') || '[卡片]'
    : plainWords(words).replace(/\s+/g, ' ')
  return isGroup && !mine ? `${from?.name ?? '不漏'}：${said}` : said
}

export function roomsOf(state: StandinState, member: DingMember): DingRoom[] {
  const { dingtalk } = state
  if (!dingtalk) return []
  const chat = (key: string, kind: 'robot' | 'group', name: string, people: number): DingRoom => {
    const line = linesOf(state, member, kind === 'group' ? key : null).at(-1)
    return { key, kind, name, last: line ? summaryOf(line, kind === 'group') : '', lastAt: line?.at ?? 0, people }
  }
  const things = (kind: ThingKind, name: string): DingRoom => {
    const one = thingsOf(state, member, kind).at(-1)
    return { key: kind, kind, name, last: one?.title ?? '', lastAt: one?.at ?? 0, people: 0 }
  }
  const groups = dingtalk.groups.filter(({ members }) => members.includes(member.dingtalk.userid))
  return [
    chat('robot', 'robot', '不漏', 0),
    ...groups.map(({ id, title, members }) => chat(id, 'group', title, members.length)),
    things('notice', '工作通知'),
    things('todo', '待办'),
    things('ding', 'DING'),
    // Who is in WeCom too has their telephone on that face.
    ...[things('sms', '短信'), things('mail', '邮件')].filter(({ lastAt }) => !member.wecom && lastAt > 0),
  ]
}

/** How many have come to a room since it was last looked at. */
export function unreadIn(state: StandinState, member: DingMember, { key, kind }: DingRoom, since: number): number {
  if (kind === 'robot' || kind === 'group')
    return linesOf(state, member, kind === 'group' ? key : null).filter((line) => line.at > since && !line.mine && !line.recalled)
      .length
  return thingsOf(state, member, kind).filter((thing) => thing.at > since && thing.done !== true).length
}

/** The host of a member's DingTalk client. */
export const dingHost = (userid: string): string => `${userid.toLowerCase()}.ding`

/**
 * A link as DingTalk opens it: a page of the product's in a panel beside the chat, on the member's own host; others in a window
 * of their own. `dingtalk://…page/link?url=` is taken apart.
 */
export function pageInDingtalk(url: string, userid: string, place: Place): { url: string; own: boolean } | null {
  const inner = /^dingtalk:\/\/dingtalkclient\/page\/link\?/.test(url) ? new URL(url).searchParams.get('url') : url
  return inner ? pageOnPhone(inner, dingHost(userid), place) : null
}

/** Where the workbench opens the application. */
export const homeOf = (userid: string, place: Place): string => `${originOf(dingHost(userid), place)}/h5/`

/** Markdown as far as the robot writes it: lines of plain, strong and linked words. */
export function markdownLines(text: string): { words: string; strong?: true; url?: string }[][] {
  return text
    .split('\n')
    .map((line) =>
      line
        .replace(/\s+$/, '')
        .replace(/^\s*(#{1,6}|>)\s+/, '')
        .replace(/^\s*[-*]\s+/, '· '),
    )
    .map((line) => {
      const parts: { words: string; strong?: true; url?: string }[] = []
      let from = 0
      for (const match of line.matchAll(/\*\*([^*]+)\*\*|\[([^\]]*)\]\(([^)\s]*)\)/g)) {
        if (match.index > from) parts.push({ words: line.slice(from, match.index) })
        parts.push(match[1] === undefined ? { words: match[2] ?? '', url: match[3] ?? '' } : { words: match[1], strong: true })
        from = match.index + match[0].length
      }
      if (from < line.length) parts.push({ words: line.slice(from) })
      return parts
    })
}
