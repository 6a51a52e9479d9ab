import { laterAll } from '../outbox.js'
import type { Work } from '../work.js'
import { apart } from './calm.js'

const SLOT_MS = 60_000

/**
 * What waits for these people has changed: their open pages look again at once, and the number on their workbench follows, at
 * most once a minute each and each at a second of their own. Behind everything that is said, in a lane of its own, and under
 * no trace: one row stands for whatever happened in its minute.
 */
export async function tellBadges(work: Work, personIds: Iterable<string>): Promise<void> {
  const people = [...new Set(personIds)]
  const slot = (personId: string) => {
    const phase = apart(personId, SLOT_MS)
    return new Date(Math.floor((work.now.getTime() - phase) / SLOT_MS + 1) * SLOT_MS + phase)
  }
  await laterAll(
    work,
    people.map((personId) => {
      const at = slot(personId)
      const key = `set-badge:${personId}:${at.getTime()}`
      return {
        kind: 'set-badge',
        key,
        lane: `badge:${personId}`,
        payload: { personId },
        notBefore: at,
        priority: -1,
        trace: 'badge',
      }
    }),
  )
  for (const personId of people) work.touched.add(`person:${personId}`)
}
