import { insertRows } from '../../lib/insert-rows.js'
import type { Work } from '../work.js'
import { apart } from './calm.js'

const SLOT_MS = 60_000

/**
 * What waits for these people has changed: their open pages look again at once, and the number on their workbench follows, at
 * most once a minute each and each at a second of their own. Behind everything that is said, in a lane of its own, and under
 * no trace: one row stands for whatever happened in its minute.
 */
export async function tellBadges(work: Work, personIds: Iterable<string>): Promise<void> {
  const rows = [...new Set(personIds)].map((personId) => {
    const phase = apart(personId, SLOT_MS)
    const at = new Date(Math.floor((work.now.getTime() - phase) / SLOT_MS + 1) * SLOT_MS + phase)
    return { personId, at }
  })
  if (rows.length === 0) return
  await insertRows<bigint>(work.tx, 'outbox', {
    kind: { type: 'text', of: rows.map(() => 'set-badge') },
    key: { type: 'text', of: rows.map(({ personId, at }) => `set-badge:${personId}:${at.getTime()}`) },
    lane: { type: 'text', of: rows.map(({ personId }) => `badge:${personId}`) },
    payload: { type: 'jsonb', of: rows.map(({ personId }) => ({ personId })) },
    trace: { type: 'text', of: rows.map(() => 'badge') },
    priority: { type: 'int', of: rows.map(() => -1) },
    not_before: { type: 'timestamptz', of: rows.map(({ at }) => at) },
  })
  for (const { personId, at } of rows) {
    work.touched.add(`person:${personId}`)
    work.due.push(at)
  }
}
