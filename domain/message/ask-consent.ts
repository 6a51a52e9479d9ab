import { shanghaiDay } from '../../lib/format/dates.js'
import { later } from '../outbox.js'
import type { Work } from '../work.js'

/** A rep has the chat open: did the customer agree to the archive? Asked once a day for a pair at most. */
export async function askConsent(work: Work, pair: { contactId: string; personId: string }): Promise<void> {
  const key = `check-consent:${pair.contactId}:${pair.personId}:${shanghaiDay(work.now)}`
  await later(work, { kind: 'check-consent', key, lane: `contact:${pair.contactId}`, payload: pair })
}
