import { issueCard } from '../card/issue-card.js'
import type { Work } from '../work.js'
import { reminderKind, reminderKinds } from './find-kind.js'

type Due = { id: string; kind: string; subject: string; level: number; started_at: Date; person_id: string; trace: string }

/**
 * Says the levels that are due and returns how many reminders were touched. The claim (`FOR UPDATE SKIP LOCKED`), the card
 * and the next due time commit together: two planners share the work, and a level is said once. Levels that were missed
 * in an outage collapse into the latest one. A kind that this release doesn't know waits for one that does.
 */
export async function sayDue(work: Work, limit = 100): Promise<number> {
  const kinds = reminderKinds().map((kind) => kind.name)
  const due = await work.tx.$queryRaw<Due[]>`
    SELECT id, kind, subject, level, started_at, person_id, trace FROM reminder
    WHERE state = 'open' AND kind = ANY(${kinds}::text[]) AND due_at <= ${work.now} ORDER BY due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`
  for (const reminder of due) {
    const { levels } = reminderKind(reminder.kind)
    const dueAt = (level: number) => levels[level]?.due(reminder.started_at) ?? null
    let level = reminder.level
    for (let next = dueAt(level + 1); next && next <= work.now; next = dueAt(level + 1)) level += 1
    const said = levels[level]
    if (said) {
      const people = await said.to(work.tx, reminder.subject.slice(reminder.subject.indexOf(':') + 1))
      const about = { subject: reminder.subject, personId: reminder.person_id, dueAt: said.due(reminder.started_at) }
      const subject = said.about?.(about) ?? `${reminder.subject}#${level}`
      await issueCard({ ...work, trace: reminder.trace }, { kind: said.card, subject, people })
    }
    await work.tx.reminder.update({ where: { id: reminder.id }, data: { level: level + 1, dueAt: dueAt(level + 1) } })
  }
  return due.length
}
