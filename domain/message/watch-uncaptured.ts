import { settleReminder } from '../reminders/settle-reminder.js'
import { startReminder } from '../reminders/start-reminder.js'
import type { Work } from '../work.js'
import type { Finding } from './message.contract.js'

/** Below this a line in the morning would too often be wrong. */
const SURE = 0.9
/** What arrives later is history that was fetched, not something that slipped by. */
const FRESH_MS = 24 * 3_600_000

type Heard = { id: string; personId: string; saidAt: Date; finding: Finding | null }

/** A change was said: unless it is captured or denied by then, the rep's next morning has a line about it. */
export async function watchUncaptured(work: Work, { id, personId, saidAt, finding }: Heard): Promise<void> {
  if (!finding?.change || finding.score < SURE || work.now.getTime() - saidAt.getTime() > FRESH_MS) return
  await startReminder(work, { kind: 'uncaptured-change', subject: `message:${id}`, personId, at: work.now })
}

/** It was captured, denied or taken back: nothing more to say. */
export const stopWatching = (work: Work, messageId: string, by: string): Promise<void> =>
  settleReminder(work, { kind: 'uncaptured-change', subject: `message:${messageId}`, by })
