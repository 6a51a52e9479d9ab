import { loadDir } from '../../lib/load-dir.js'
import type { ReminderKind } from './reminder-kind.js'

const kinds = await loadDir<ReminderKind>(new URL('./kinds/', import.meta.url), [
  'label',
  'placeholders',
  'levels',
  'facts',
  'sample',
])

/** Throws on a kind that no file defines: a wrong name is a bug, found by the first test that runs it. */
export function reminderKind(name: string): ReminderKind {
  const kind = kinds.get(name)
  if (!kind) throw new Error(`no reminder kind «${name}» in domain/reminders/kinds`)
  return kind
}

export const reminderKinds = (): ReminderKind[] => [...kinds.values()]
