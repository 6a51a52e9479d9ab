import * as z from 'zod'
import { type Call, readCall, sayCall } from './call.js'
import { type ArchiveMedia, readMedia } from './media.js'
import { splitQuote } from './quote.js'
import { readText } from './read-text.js'

/**
 * One record as the platform wrote it: https://developer.work.weixin.qq.com/document/path/91774. `switch` (a member changed
 * company) has time and user instead of msgtime and from.
 */
const wire = z.looseObject({
  msgid: z.string().min(1),
  action: z.enum(['send', 'recall', 'switch']),
  from: z.string().default(''),
  tolist: z.array(z.string()).default([]),
  roomid: z.string().default(''),
  msgtime: z.number().optional(),
  time: z.number().optional(),
  user: z.string().optional(),
  msgtype: z.string().default(''),
})
type Wire = z.infer<typeof wire>
const revoke = z.object({ revoke: z.object({ pre_msgid: z.string().min(1) }) })

export type ArchiveRecord = {
  msgid: string
  action: 'send' | 'recall' | 'switch'
  from: string
  to: string[]
  /** Empty: a chat of two. */
  roomid: string
  at: Date
  msgtype: string
  /** What a person reads: the words without the words that they quote, else a line that says what it is: 「[图片]」. */
  text: string
  quoted: string | null
  /** Nothing but a line that says what it is: how long a call was, that there is a picture. Nobody's words. */
  wordless: boolean
  /** True when it belongs into the chat; false for what only tells of it: consent, a message taken back, a sticker. */
  said: boolean
  call: Call | null
  /** Files that it names; they are fetched when somebody wants to see them. */
  media: ArchiveMedia[]
  /** The msgid that this record takes back. */
  revokes: string | null
}

/** Where the body stands when it isn't under the name of the type. A vote's fields stand in the record itself. */
const bodies: Record<string, string> = {
  ...{ docmsg: 'doc', external_redpacket: 'redpacket', markdown: 'info', news: 'info', voiptext: 'info', solitaire: 'info' },
  ...{ meeting_notification: 'info', qydiskfile: 'info', note: 'info' },
}

/** What nobody said: lines about the chat, and stickers, which say too little to be kept. */
const unsaid: Record<string, string> = {
  revoke: '[撤回了一条消息]',
  agree: '[同意存档会话内容]',
  disagree: '[不同意存档会话内容]',
  switch: '[切换了企业]',
  emotion: '[表情]',
}

/** Throws when the text is not a record. */
export function readRecord(json: string): ArchiveRecord {
  const record = wire.parse(JSON.parse(json))
  const msgtype = record.action === 'switch' ? 'switch' : record.msgtype
  const at = new Date(record.msgtime ?? record.time ?? 0)
  const body = bodyOf(record)
  const call = readCall(msgtype, body, at.getTime())
  const text = unsaid[msgtype] ?? (call ? sayCall(call) : readText(msgtype, body))
  const { words, quoted } = msgtype === 'text' || msgtype === 'mixed' ? splitQuote(text ?? '') : { words: text, quoted: null }
  return {
    msgid: record.msgid,
    action: record.action,
    from: record.from || (record.user ?? ''),
    to: record.tolist,
    roomid: record.roomid,
    at,
    msgtype,
    text: words || `[${msgtype || '未知消息'}]`,
    quoted,
    wordless: msgtype !== 'text' && words !== null && words.replace(/\[[^\]\n]*\]/g, '').trim() === '',
    said: Boolean(text) && !(msgtype in unsaid),
    call,
    media: readMedia(msgtype, body),
    revokes: msgtype === 'revoke' ? (revoke.safeParse(record).data?.revoke.pre_msgid ?? null) : null,
  }
}

function bodyOf(record: Wire): Record<string, unknown> {
  const body = record[bodies[record.msgtype] ?? record.msgtype]
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : record
}
