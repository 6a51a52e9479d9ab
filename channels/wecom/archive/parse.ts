import type { Heard } from '../../channel.js'
import { readRecord } from './record.js'
import { isOutside, sidesOf } from './sides.js'

/**
 * What an archive record means; `body` is the record's JSON, as the inbox holds it. Always `happened`:
 * `chat-message` {messageId, member, external, speaker, text, quoted, wordless, call, media} said between one of ours and
 * one customer's person: words, or (wordless) a line for what has none (「[图片]」「[语音通话 3分12秒]」) · `chat-revoke` {messageId, revokes} ·
 * `chat-agree`, `chat-disagree` (consent) and `chat-<msgtype>`, with the same fields: what nobody said ·
 * `group-…` {roomId, from, external, to, …}, `colleagues-…` the same in a group or among ours.
 */
export function parseArchiveRecord(body: string): Heard {
  const record = readRecord(body)
  const happened = (event: string, data: Record<string, unknown>): Heard => {
    return { kind: 'happened', event, data: { messageId: record.msgid, ...data }, at: record.at }
  }
  if (record.revokes !== null) return happened('chat-revoke', { revokes: record.revokes })
  const { text, quoted, wordless, call, media, from, to } = record
  const kind = record.said ? 'message' : kebab(record.msgtype)
  if (record.roomid !== '')
    return happened(`group-${kind}`, {
      ...{ roomId: record.roomid, from, external: isOutside(from), to },
      ...{ text, quoted, wordless, call, media },
    })
  const sides = sidesOf(record)
  if (!sides) return happened(`colleagues-${kind}`, { from, to, text, quoted, call })
  return happened(`chat-${kind}`, { ...sides, text, quoted, wordless, call, media })
}

const kebab = (name: string) => name.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase() || 'unknown'
