import type { Heard } from '../../channel.js'
import { readRecord } from './record.js'
import { sidesOf } from './sides.js'

/**
 * What an archive record means; `body` is the record's JSON, as the inbox holds it. Always `happened`:
 * `chat-message` {messageId, member, external, speaker, text, quoted} words between one of ours and one customer's person ·
 * `chat-revoke` {messageId, revokes} · `chat-agree`, `chat-disagree` (consent) {messageId, member, external} ·
 * `chat-<msgtype>` what has no words · `group-<msgtype>`, `colleagues-<msgtype>` in a group or among ours.
 */
export function parseArchiveRecord(body: string): Heard {
  const record = readRecord(body)
  const happened = (event: string, data: Record<string, unknown>): Heard => {
    return { kind: 'happened', event, data: { messageId: record.msgid, ...data }, at: record.at }
  }
  if (record.revokes !== null) return happened('chat-revoke', { revokes: record.revokes })
  const { text, quoted, from, to } = record
  const type = kebab(record.msgtype)
  if (record.roomid !== '')
    return happened(text === null ? `group-${type}` : 'group-message', { roomId: record.roomid, from, text, quoted })
  const sides = sidesOf(record)
  if (!sides) return happened(`colleagues-${text === null ? type : 'message'}`, { from, to, text, quoted })
  return text === null ? happened(`chat-${type}`, sides) : happened('chat-message', { ...sides, text, quoted })
}

const kebab = (name: string) => name.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase() || 'unknown'
