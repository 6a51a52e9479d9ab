import { hash } from 'node:crypto'
import { tidy } from '../../lib/tidy.js'
import { fieldOf, type Json, listOf, readObject } from './fields.js'
import { readMs } from './read-ms.js'

/** What the inbox keeps of one push, whichever way it came. */
export type InboxBody = {
  source: 'dingtalk' | 'dingtalk-robot' | 'dingtalk-card'
  /** The same thing told twice has the same key; two things never share one. */
  key: string
  /** Rows of one lane are handled in order: what a person says and presses, and what is told of them. */
  lane: string
  /** JSON. */
  body: string
}

const sha256 = (text: string) => hash('sha256', text, 'hex')
const isUsable = (id: string) => id !== '' && id.length <= 128

/** What the platform says about an event, and not in it. */
const about = new Set(['eventtype', 'eventid', 'corpid', 'eventtime', 'bizid'])

/** `message`: its text, to know a repeat by where it has no id. `sentAt` (ms or s): when it was sent, for want of better. */
type How = { message: string; sentAt: number }

/**
 * An event over HTTP, flat, in either of its two ages: `EventType, EventTime, CorpId, eventId` and its own fields beside
 * them, or `EventType, TimeStamp, CorpId, UserId[]`. https://open.dingtalk.com/document/development/http-callback-overview
 */
export function bodyOfEvent(came: Json, { message, sentAt }: How): InboxBody {
  const told = tidy(came)
  const data = Object.fromEntries(Object.entries(told).filter(([name]) => !about.has(name.toLowerCase())))
  const bornTime = readMs(fieldOf(told, 'eventTime')) || readMs(fieldOf(told, 'timeStamp')) || readMs(String(sentAt))
  const head = {
    eventType: fieldOf(told, 'eventType'),
    eventId: fieldOf(told, 'eventId'),
    corpId: fieldOf(told, 'corpId'),
    bornTime,
  }
  return keepEvent(head, data, message)
}

/**
 * The same out of a Stream frame: `headers` say what it is, `data` (already parsed) what happened.
 * https://open.dingtalk.com/document/development/develop-stream-mode-push-server
 */
export function bodyOfStreamEvent(headers: Json, data: Json): InboxBody {
  const bornTime = readMs(fieldOf(headers, 'eventBornTime')) || readMs(fieldOf(headers, 'time'))
  const corpId = fieldOf(headers, 'eventCorpId') || fieldOf(data, 'corpId')
  const head = { eventType: fieldOf(headers, 'eventType'), eventId: fieldOf(headers, 'eventId'), corpId, bornTime }
  return keepEvent(tidy(head), tidy(data), JSON.stringify([head, data]))
}

type Head = { eventType: string; eventId: string; corpId: string; bornTime: number }

function keepEvent(head: Head, data: Json, message: string): InboxBody {
  const key = isUsable(head.eventId) ? head.eventId : `sha256:${sha256(message)}`
  return {
    source: 'dingtalk',
    key: `dingtalk:event:${key}`,
    lane: laneOfEvent(head.eventType, data),
    body: JSON.stringify({ ...head, data }),
  }
}

/** Of a person, of a conversation, else of the event's sort. */
function laneOfEvent(eventType: string, data: Json): string {
  const [userId, ...others] = listOf(data, 'userId')
  // Of several at once, what each of them causes stands on its own.
  if (userId && others.length === 0) return laneOfPerson(userId)
  const conversation = fieldOf(data, 'openConversationId') || fieldOf(data, 'chatId')
  return conversation ? `dingtalk:chat:${conversation}` : `dingtalk:event:${eventType}`
}

const laneOfPerson = (userId: string) => `dingtalk:${userId.toLowerCase()}`

/** What was said to the robot: the platform's object as it came. https://open.dingtalk.com/document/development/receive-message */
export function bodyOfRobot(came: Json): InboxBody {
  const message = tidy(came)
  const body = JSON.stringify(message)
  const id = fieldOf(message, 'msgId')
  const staffId = fieldOf(message, 'senderStaffId')
  return {
    source: 'dingtalk-robot',
    key: `dingtalk:robot:${isUsable(id) ? id : `sha256:${sha256(body)}`}`,
    lane: staffId ? laneOfPerson(staffId) : `dingtalk:sender:${fieldOf(message, 'senderId')}`,
    body,
  }
}

/** `signed`: the body as it came and the timestamp of its signature; over Stream, a frame has an id. */
export type PressedBy =
  | { via: 'http'; signed: { body: string; timestamp: string } }
  | { via: 'stream'; messageId: string; time: string }

/**
 * A button of an interactive card: `content` holds, as text, the `params` that the card gave that button.
 * https://open.dingtalk.com/document/development/event-callback-card
 */
export function bodyOfCard(came: Json, by: PressedBy): InboxBody {
  const told = tidy(came)
  const content = readObject(told.content) ?? readObject(told.value) ?? {}
  const params = readObject(readObject(content.cardPrivateData)?.params) ?? {}
  const userId = fieldOf(told, 'userId')
  const press = {
    outTrackId: fieldOf(told, 'outTrackId'),
    userId,
    corpId: fieldOf(told, 'corpId'),
    action: fieldOf(params, 'action'),
    params,
    pressedAt: readMs(by.via === 'http' ? by.signed.timestamp : by.time),
    via: by.via,
  }
  const key = keyOfPress(by, JSON.stringify(press))
  return { source: 'dingtalk-card', key: `dingtalk:card:${key}`, lane: laneOfPerson(userId), body: JSON.stringify(tidy(press)) }
}

function keyOfPress(by: PressedBy, press: string): string {
  if (by.via === 'stream' && isUsable(by.messageId)) return by.messageId
  return `sha256:${sha256(by.via === 'http' ? `${by.signed.body}\n${by.signed.timestamp}` : press)}`
}
