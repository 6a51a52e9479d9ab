import type { Work } from '../work.js'

/** The subject is settled: nothing more is said about it. Settling what is not open is no error. */
export async function settleReminder(
  work: Work,
  { kind, subject, by }: { kind: string; subject: string; by: string },
): Promise<void> {
  await work.tx.reminder.updateMany({
    where: { kind, subject, state: 'open' },
    data: { state: 'settled', settledAt: work.now, settledBy: by, dueAt: null },
  })
}
