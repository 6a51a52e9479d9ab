import type { Stamp } from './state.js'

/** The part of `GET /__standin/state` that is DingTalk's; null where there is none. Members by their userid there. */
export type DingtalkState = {
  usage: { spent: Record<'calls' | 'pushes', number>; quota: Record<'calls' | 'pushes', number> }
  left: string[]
  groups: DingGroup[]
  messages: DingMessage[]
  heard: DingHeard[]
  cards: DingCard[]
  notices: DingNotice[]
  todos: DingTodo[]
  dings: Ding[]
}

export type DingAccount = { userid: string; unionid: string }
export type DingChat = { userid: string } | { group: string }
export type DingGroup = { id: string; title: string; members: string[] }

/** What the robot said. */
export type DingMessage = {
  key: string
  chats: DingChat[]
  msgKey: string
  param: Record<string, unknown>
  words: string
  at: string[]
  recalled: boolean
  readBy: string[]
  sentAt: Stamp
}
/** What a member wrote to the robot, or in a group. */
export type DingHeard = { msgId: string; userid: string; chat: DingChat; text: string; at: Stamp; atRobot: boolean }

export type DingButton = { id: string; label: string; style: string; action: string | null; url: string | null }
export type DingCard = {
  outTrackId: string
  chat: DingChat
  sentAt: Stamp
  version: number
  shows: {
    source: string
    title: string
    desc: string
    quoteTitle: string
    quote: string
    fields: string
    settled: string
    url: string
    buttons: DingButton[]
  }
}
export type DingNotice = {
  taskId: number
  msg: { msgtype: string; [part: string]: unknown }
  to: string[]
  readBy: string[]
  recalled: boolean
  at: Stamp
}
export type DingTodo = {
  id: string
  subject: string
  description: string
  executorIds: string[]
  doneBy: string[]
  dueTime: number | null
  detailUrl: { pcUrl: string }
  at: Stamp
}
export type Ding = { id: string; remindType: number; to: string[]; content: string; at: Stamp; recalled: boolean }
