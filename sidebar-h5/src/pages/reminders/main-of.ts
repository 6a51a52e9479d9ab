import type { OfferedAct, ReminderRow } from '../../../../domain/reminders/reminder.contract.js'

/** The one button under the thumb: what may be pressed first, or once that is done what the kind's own page offers. */
export function mainOf({ acts, page, taskId, followedBy, holder }: ReminderRow, me: string): OfferedAct | 'page' | null {
  const [first] = acts
  // Ticked off at its left.
  if (taskId && first?.action === 'say-handled') return null
  if (page && holder.id === me && followedBy) return 'page'
  return first ?? (page && holder.id === me ? 'page' : null)
}

/** `/h5/ask/1` as the pages of this app know it. */
export const placeOf = (path: string) => path.replace(/^\/h5/, '') || '/'
