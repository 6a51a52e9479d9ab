import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { record } from './record.js'

/**
 * An administrator has read what customers said, which their work there is no part of: it is on record, with what and how
 * much. Those who look after customers read their chats all day; of them nothing is written.
 */
export async function recordReading(
  work: Work,
  actor: Actor,
  { subject, ...content }: { subject: string; how: 'bot' | 'page' | 'findings' | 'labels'; [more: string]: unknown },
): Promise<void> {
  if (!actor.roles.includes('admin')) return
  await record(work, { actor: actor.personId, verb: 'chat-words-read', subject, content })
}
