import type { Reader } from '../../lib/db.js'
import { reminderKind } from './find-kind.js'
import type { About, Said } from './reminder-kind.js'

type Row = { id: string; kind: string; subject: string; personId: string; startedAt: Date; dueAt: Date | null }

export const aboutOf = (row: Row): About => ({
  id: row.id,
  subject: row.subject,
  subjectId: row.subject.slice(row.subject.indexOf(':') + 1),
  personId: row.personId,
  startedAt: row.startedAt,
  dueAt: row.dueAt ?? row.startedAt,
})

/** What a reminder says now, by its kind's own file. */
export const findSaid = (db: Reader, row: Row, now: Date): Promise<Said | null> =>
  reminderKind(row.kind).facts(db, aboutOf(row), now)

/** 「{customer}还在等{what}」. A placeholder that the kind doesn't know stays, so that whoever wrote it sees it. */
export const fill = (template: string, words: Record<string, string>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => words[name] ?? whole)
