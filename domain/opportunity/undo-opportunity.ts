import { settleReminder } from '../reminders/settle-reminder.js'
import type { Work } from '../work.js'
import { KIND, subjectOf } from './quote-clock.js'

/** 撤销 of 建商机: it was never there, nobody waits for a price. */
export async function undoOpportunity(work: Work, id: string): Promise<void> {
  await work.tx.opportunity.update({ where: { id }, data: { undoneAt: work.now } })
  await settleReminder(work, { kind: KIND, subject: subjectOf(id), by: 'undone' })
}
