import {
  type Group,
  type Person,
  type PhoneCard,
  type PhoneMail,
  type PhoneSms,
  type PhoneText,
  type StandinState,
  toMs,
} from '../standin/state.js'

/** One line of the app's conversation on a phone. */
export type PhoneItem = { key: string; at: number; card?: PhoneCard; text?: PhoneText }

/** The rooms of a phone: the app's conversation, the group's, text messages, mail, and the workbench. */
export type PhoneApp = 'chat' | 'group' | 'sms' | 'mail' | 'bench'
export const appNames: Record<PhoneApp, string> = { chat: '不漏', group: '群聊', sms: '短信', mail: '邮件', bench: '工作台' }

/** What one colleague's phone shows. */
export type PhoneView = {
  person: Person
  items: PhoneItem[]
  waiting: number
  /** Only what arrived. */
  sms: PhoneSms[]
  mails: PhoneMail[]
  groups: Group[]
}

/** Something that came to a phone, in whichever room. */
export type Arrival = { key: string; app: PhoneApp; words: string; mine: boolean; loud: boolean }

/** Where an update card was settled, its buttons are one grey word. */
export const settledWord = (card: PhoneCard) =>
  card.replaced ?? card.card.replace_text ?? (card.buttonsDisabled ? '已处理' : null)

/** Somebody could still press something on it. */
export const isWaiting = (card: PhoneCard) =>
  !card.hidden && (card.card.button_list?.length ?? 0) > 0 && settledWord(card) === null

/** The rep whose client the desk shows, then everybody who only has a phone here. */
export function phoneOwners(people: Person[], rep: Person | null) {
  const colleagues = people.filter((person) => person.wecom && !person.roles.includes('rep') && !person.roles.includes('admin'))
  return rep ? [rep, ...colleagues] : colleagues
}

export function phoneOf(state: StandinState, person: Person): PhoneView {
  const cards = state.cards.filter((card) => card.userid === person.userid)
  const items: PhoneItem[] = [
    ...cards.map((card) => ({ key: `card:${card.msgid}`, at: toMs(card.sentAt), card })),
    ...state.texts
      .filter((text) => text.userid === person.userid)
      .map((text) => ({ key: `text:${text.msgid}`, at: toMs(text.at), text })),
  ]
  items.sort((one, other) => one.at - other.at)
  return {
    person,
    items,
    waiting: cards.filter(isWaiting).length,
    sms: state.sms.filter((one) => one.userid === person.userid && one.status === 'delivered'),
    mails: state.mails.filter((mail) => mail.userid === person.userid),
    groups: state.groups.filter((group) => group.members.includes(person.userid)),
  }
}

/** All that has come to a phone. A group makes a noise only for those whom it calls. */
export function arrivalsOf({ person, items, sms, mails, groups }: PhoneView): Arrival[] {
  const said = items.map((item) => ({
    key: item.key,
    app: 'chat' as const,
    words: summaryOf(item),
    mine: item.text?.from === 'member',
    loud: !item.card?.hidden,
  }))
  const texts = sms.map((one) => ({ key: `sms:${one.id}`, app: 'sms' as const, words: one.text, mine: false, loud: true }))
  const letters = mails.map((mail) => ({
    key: `mail:${mail.id}`,
    app: 'mail' as const,
    words: mail.subject,
    mine: false,
    loud: true,
  }))
  const group = groups.flatMap(({ name, messages }) =>
    messages.map(({ id, content, mentioned }) => ({
      key: `group:${id}`,
      app: 'group' as const,
      words: `${name}：${content.kind === 'card' ? (content.card.main_title?.title ?? '卡片') : plainWords(content.text)}`,
      mine: false,
      loud: mentioned.includes(person.userid) || mentioned.includes('@all'),
    })),
  )
  return [...said, ...texts, ...letters, ...group]
}

/** Markdown as far as a line of plain words can tell it. */
export function plainWords(markdown: string, nameOf: (userid: string) => string = (userid) => userid) {
  return markdown
    .replace(/<@([\w.@-]+)>/g, (_, userid: string) => `@${nameOf(userid)}`)
    .replace(/<\/?font[^>]*>/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(?:#{1,6}|>|[-*])\s+/gm, '')
    .replace(/\*\*|`/g, '')
}

/** Why the app's messages don't come through to somebody as they do to others; null when they do. */
export function standingOf(person: Person) {
  if (person.left) return '已离开企业'
  if (!person.inRange) return '不在应用的可见范围内，收不到消息'
  if (!person.licensed) return '没有接口许可，收不到消息'
  if (person.plugin) return '在微信里收消息，看不到卡片'
  return null
}

/** The words of a banner or a collapsed phone. */
export function summaryOf(item: PhoneItem) {
  if (item.text) return item.text.text
  const title = item.card?.card.main_title
  return [title?.title, title?.desc].filter(Boolean).join(' · ') || '卡片'
}

/** Who has a phone on show at first: those whom a change is sent to. */
export function firstSeats(owners: Person[], seats: number) {
  const rank = (person: Person) => {
    if (person.roles.includes('pre-sales')) return 0
    if (person.roles.includes('product')) return 1
    return person.roles.includes('rep') ? 2 : 3
  }
  return [...owners]
    .sort((one, other) => rank(one) - rank(other))
    .slice(0, seats)
    .map((person) => person.userid)
}

/** Somebody without a seat got something: they take the last seat that nobody needs just now, or none. */
export function seatNewcomer(seated: string[], newcomer: string, isBusy: (userid: string) => boolean) {
  if (seated.includes(newcomer)) return seated
  const free = seated.findLastIndex((userid) => !isBusy(userid))
  return free < 0 ? seated : seated.with(free, newcomer)
}
