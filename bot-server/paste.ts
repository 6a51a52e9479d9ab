import type { PasteInput, PasteResult } from '../domain/message/message.contract.js'
import type { Actor } from '../domain/person/actor.js'
import type { Work } from '../domain/work.js'
import { shanghaiDay } from '../lib/format/dates.js'
import { sha256 } from '../lib/ids.js'
import { parsePaste } from '../nlp/paste.js'
import { hear } from './hear.js'
import { findSides, findSpeaker } from './paste-sides.js'

/**
 * What a rep pasted becomes messages: the same understanding, the same capture as from the archive. Pasted again, the
 * same words are the same message.
 */
export async function keepPaste(work: Work, actor: Actor, paste: Omit<PasteInput, 'requestId'>): Promise<PasteResult> {
  const sides = await findSides(work, actor, paste)
  const today = shanghaiDay(work.now)
  const contacts = [...sides.people.map((one) => one.name), ...(paste.customerNames ?? [])]
  const { messages, unclear } = parsePaste(paste.text, { reps: sides.reps, contacts }, today)
  const told = paste.speaker !== undefined || paste.customerNames !== undefined
  if (unclear.length > 0 && !told) return { kind: 'who-spoke', names: unclear }
  const isBare = messages.some(({ name, speaker }) => name === null && speaker === null)
  // In a group nobody's words are put into another's mouth.
  if (paste.groupId && !told && isBare && sides.people.length > 1)
    return { kind: 'who-spoke', names: sides.people.map((one) => one.name), one: true }

  const messageIds: string[] = []
  let already = 0
  for (const [i, message] of messages.entries()) {
    const speaker = message.speaker ?? (message.name && paste.customerNames ? 'rep' : (paste.speaker ?? 'customer'))
    // Without a time of its own it was said now, in the order in which it stands.
    const saidAt = message.at
      ? new Date(`${message.at.replace(' ', 'T')}:00+08:00`)
      : new Date(work.now.getTime() - (messages.length - 1 - i))
    const contactId = speaker === 'customer' ? await findSpeaker(work, message.name, { sides, paste }) : paste.contactId
    if (await isKnown(work, { contactId, speaker, text: message.text, saidAt, timed: message.at !== null })) {
      already += 1
      continue
    }
    const sourceKey = `paste:${sha256(contactId, speaker, message.at ?? today, message.text).slice(0, 40)}`
    const at = new Date(Math.min(saidAt.getTime(), work.now.getTime()))
    const id = await hear(work, {
      source: 'paste',
      sourceKey,
      contactId,
      groupId: paste.groupId,
      personId: actor.personId,
      speaker,
      text: message.text,
      saidAt: at,
    })
    if (id) messageIds.push(id)
    else already += 1
  }
  return { kind: 'saved', messageIds, already }
}

type Pasted = { contactId: string; speaker: string; text: string; saidAt: Date; timed: boolean }

/** The archive may have brought the same words before: copied ones say the minute, a bare sentence was said today. */
async function isKnown({ tx }: Work, { contactId, speaker, text, saidAt, timed }: Pasted): Promise<boolean> {
  const from = timed ? saidAt : new Date(`${shanghaiDay(saidAt)}T00:00:00+08:00`)
  const until = new Date(from.getTime() + (timed ? 60_000 : 24 * 3_600_000))
  const where = { contactId, speaker, text, saidAt: { gte: from, lt: until } }
  return (await tx.message.findFirst({ where, select: { id: true } })) !== null
}
