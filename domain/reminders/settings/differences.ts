import type { ReminderKind } from '../reminder-kind.js'
import { calmWords } from './calm-words.js'
import { levelLine, peopleWords, routeWords, waitWords } from './ladder-words.js'
import type { CalmDraft, Difference, LadderDraft, LevelDraft } from './settings.contract.js'

type Audiences = Pick<ReminderKind, 'audiences'>

/** What a manager changed, in the words of the form: 「第 1 级 · 什么时候：4 小时后 → 2 小时后」. */
export function ladderDifferences(kind: Audiences, before: LadderDraft, after: LadderDraft): Difference[] {
  const length = Math.max(before.levels.length, after.levels.length)
  return Array.from({ length }, (_, i) => levelDifferences(kind, i, before.levels[i], after.levels[i])).flat()
}

function levelDifferences(kind: Audiences, i: number, before?: LevelDraft, after?: LevelDraft): Difference[] {
  const name = `第 ${i + 1} 级`
  if (!before || !after) {
    const line = (level: LevelDraft | undefined) => (level ? levelLine(kind, level, i === 0) : null)
    return [{ what: name, before: line(before), after: line(after) }]
  }
  const parts: [string, (level: LevelDraft) => string][] = [
    ['开关', (level) => (level.on ? '开' : '关')],
    ['什么时候', (level) => waitWords(level.wait, i === 0)],
    ['告诉谁', (level) => peopleWords(kind, level.to)],
    ['怎么发', (level) => routeWords(level.route)],
    ['标题', (level) => level.title.trim()],
    ['说明', (level) => level.desc.trim() || '（空）'],
  ]
  return parts.flatMap(([part, say]) => changed(`${name} · ${part}`, say(before), say(after)))
}

export const calmDifferences = (before: CalmDraft, after: CalmDraft): Difference[] =>
  Object.values(calmWords).flatMap(({ label, say }) => changed(label, say(before), say(after)))

const changed = (what: string, before: string, after: string): Difference[] => (before === after ? [] : [{ what, before, after }])
