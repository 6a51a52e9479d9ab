import * as z from 'zod'
import { splitQuote } from './quote.js'

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

const texts = {
  text: z.object({ text: z.object({ content: z.string() }) }),
  revoke: z.object({ revoke: z.object({ pre_msgid: z.string().min(1) }) }),
  mixed: z.object({ mixed: z.object({ item: z.array(z.object({ type: z.string(), content: z.string() })) }) }),
}
const mixedText = z.object({ content: z.string() })

export type ArchiveRecord = {
  msgid: string
  action: 'send' | 'recall' | 'switch'
  from: string
  to: string[]
  /** Empty: a chat of two. */
  roomid: string
  at: Date
  msgtype: string
  /** What was said in words, without the words that it quotes. Null: nothing in words. */
  text: string | null
  quoted: string | null
  /** The msgid that this record takes back. */
  revokes: string | null
}

/** Throws when the text is not a record. */
export function readRecord(json: string): ArchiveRecord {
  const raw: unknown = JSON.parse(json)
  const record = wire.parse(raw)
  const said = wordsOf(record.msgtype, raw)
  return {
    msgid: record.msgid,
    action: record.action,
    from: record.from || (record.user ?? ''),
    to: record.tolist,
    roomid: record.roomid,
    at: new Date(record.msgtime ?? record.time ?? 0),
    msgtype: record.action === 'switch' ? 'switch' : record.msgtype,
    text: said?.words ?? null,
    quoted: said?.quoted ?? null,
    revokes: record.msgtype === 'revoke' ? (texts.revoke.safeParse(raw).data?.revoke.pre_msgid ?? null) : null,
  }
}

function wordsOf(msgtype: string, raw: unknown): { words: string; quoted: string | null } | null {
  if (msgtype === 'text') {
    const body = texts.text.safeParse(raw).data
    return body ? splitQuote(body.text.content) : null
  }
  // Text with pictures in between; each item holds a JSON text of its own.
  if (msgtype === 'mixed') {
    const items = texts.mixed.safeParse(raw).data?.mixed.item ?? []
    const words = items.filter((item) => item.type === 'text').map((item) => contentOf(item.content))
    return words.some(Boolean) ? { words: words.filter(Boolean).join('\n'), quoted: null } : null
  }
  return null
}

function contentOf(json: string): string {
  try {
    return mixedText.safeParse(JSON.parse(json)).data?.content ?? ''
  } catch {
    return ''
  }
}
