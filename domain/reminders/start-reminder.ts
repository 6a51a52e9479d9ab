import { newId } from '../../lib/ids.js'
import type { Work } from '../work.js'
import { reminderKind } from './find-kind.js'

type Start = { kind: string; subject: string; personId: string /** Business time from which the levels count. */; at: Date }

/** (kind, subject) is unique while open: starting twice is starting once. */
export async function startReminder(work: Work, { kind, subject, personId, at }: Start): Promise<void> {
  const dueAt = reminderKind(kind).levels[0].due(at)
  await work.tx.reminder.createMany({
    data: { id: newId(), kind, subject, personId, startedAt: at, dueAt, trace: work.trace },
    skipDuplicates: true,
  })
}
