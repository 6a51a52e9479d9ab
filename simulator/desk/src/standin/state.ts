import type { DingAccount, DingtalkState } from './dingtalk.js'

/** What `GET /__standin/state` answers: the stand-in's whole world, as the desk needs it. */
export type StandinState = {
  clock: {
    now: Stamp
    offsetMs: number
    /** When reminders are said again, while they rest; null while they are said. */
    quietUntil: string | null
    nextMonday: string
  }
  archive: { on: boolean }
  people: Person[]
  customers: Customer[]
  chats: Chat[]
  customerGroups: CustomerGroup[]
  contactWays: ContactWay[]
  cards: PhoneCard[]
  texts: PhoneText[]
  groups: Group[]
  sms: PhoneSms[]
  mails: PhoneMail[]
  dingtalk: DingtalkState | null
}

/** Business time: ISO or milliseconds. */
export type Stamp = string | number
export const toMs = (stamp: Stamp) => (typeof stamp === 'number' ? stamp : Date.parse(stamp))

export type Person = {
  userid: string
  name: string
  title: string
  roles: string[]
  /** False: is on DingTalk only. */
  wecom: boolean
  dingtalk: DingAccount | null
  mobile: string | null
  mail: string | null
  left: boolean
  inRange: boolean
  licensed: boolean
  /** Reads in WeChat's plugin, which shows no template cards. */
  plugin: boolean
  phone: 'on' | 'off' | 'fails' | null
  workbench: { key: string; data: string; jump_url: string }[]
}
export type Customer = {
  externalUserId: string
  name: string
  company: string
  rep: string
  joinedAt: Stamp
  /** Came without being asked, and the rep has not nodded yet. */
  half: boolean
  ended: 'rep' | 'customer' | null
}
/** A group with customers, of our people and people outside. */
export type CustomerGroup = {
  chatId: string
  name: string
  dismissed: boolean
  members: { key: string; ours: boolean; name: string }[]
  messages: ChatMessage[]
}
/** 渠道活码 that the product has made. */
export type ContactWay = { configId: string; state: string; remark: string; users: string[] }

/** `from`: customer or rep in a chat, a userid or external userid in a group. */
export type ChatMessage = {
  id: string
  from: string
  text: string
  at: Stamp
  revoked: boolean
  call?: { seconds: number }
  news?: NewsCard
}
/** A card in a chat that leads to a page. */
export type NewsCard = { link: string; title: string; desc: string; imgUrl: string }
export type Chat = { rep: string; externalUserId: string; messages: ChatMessage[] }

export type PhoneCard = {
  msgid: string
  /** A notice has none. */
  taskId: string | null
  userid: string
  card: TemplateCard
  sentAt: Stamp
  version: number
  /** Buttons can no longer be pressed on this copy. */
  buttonsDisabled: boolean
  /** The one grey word that stands where the buttons were. */
  replaced: string | null
  /** Its owner's client doesn't show it. */
  hidden: boolean
}
export type PhoneText = { msgid: string; userid: string; text: string; at: Stamp; from: 'app' | 'member' }

export type PhoneSms = { id: string; userid: string | null; text: string; status: 'pending' | 'delivered' | 'failed'; at: Stamp }
export type PhoneMail = { id: string; userid: string | null; from: string; subject: string; text: string; at: Stamp }
export type GroupMessage = {
  id: string
  content: { kind: 'text' | 'markdown'; text: string } | { kind: 'card'; card: TemplateCard }
  mentioned: string[]
  at: Stamp
}
export type Group = { name: string; members: string[]; messages: GroupMessage[] }

/** https://developer.work.weixin.qq.com/document/path/90236#模板卡片消息 : only the fields that the desk draws. */
export type TemplateCard = {
  card_type: string
  task_id?: string
  source?: { desc?: string; desc_color?: number }
  main_title?: { title?: string; desc?: string }
  emphasis_content?: { title?: string; desc?: string }
  quote_area?: { type?: number; url?: string; title?: string; quote_text?: string }
  sub_title_text?: string
  horizontal_content_list?: { type?: number; keyname: string; value?: string; url?: string; userid?: string }[]
  jump_list?: { type?: number; title: string; url?: string }[]
  card_action?: { type: number; url?: string }
  button_list?: CardButton[]
  replace_text?: string
}
export type CardButton = { type?: number; text: string; style?: number; key?: string; url?: string }
