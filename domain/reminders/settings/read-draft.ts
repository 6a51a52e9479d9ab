import { Refused } from '../../../lib/errors.js'
import { type Calm, calm as calmSchema } from '../calm.contract.js'
import { type Ladder, ladder as ladderSchema } from '../ladder.contract.js'
import type { ReminderKind } from '../reminder-kind.js'
import { checkCalm } from './check-calm.js'
import { checkLadder, type World } from './check-ladder.js'
import type { CalmDraft, LadderDraft, Problem } from './settings.contract.js'

/** A draft that may be kept or played; refused with the first thing to mend. */
export function readLadder(kind: ReminderKind, draft: LadderDraft, world: World): Ladder {
  refuse(checkLadder(kind, draft, world))
  return fitting(ladderSchema.safeParse(draft))
}

export function readCalm(draft: CalmDraft): Calm {
  refuse(checkCalm(draft))
  return fitting(calmSchema.safeParse(draft))
}

function refuse(problems: Problem[]): void {
  const first = problems.find(({ stops }) => stops)
  if (first) throw new Refused('not-ready', first.words)
}

function fitting<T>(read: { success: true; data: T } | { success: false }): T {
  if (!read.success) throw new Refused('not-ready', '有一处没填对，检查后再试')
  return read.data
}
