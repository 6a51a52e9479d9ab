import { later } from '../outbox.js'
import type { Work } from '../work.js'

/**
 * The platform is asked who they are and who of ours has them. One that was asked for and has not been called yet will see
 * what this one would; one that is under way may have looked too early. `why` makes the key.
 */
export async function askProfile(work: Work, contactId: string, why: string): Promise<void> {
  const lane = `contact:${contactId}`
  const waiting = { lane, kind: 'fetch-contact', state: 'open' as const, calledAt: null, notBefore: { lte: work.now } }
  if ((await work.tx.outbox.count({ where: waiting })) > 0) return
  await later(work, { kind: 'fetch-contact', key: `fetch-contact:${contactId}:${why}`, lane, payload: { contactId } })
}
