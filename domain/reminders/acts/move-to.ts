import type { Work } from '../../work.js'
import type { Opened } from './open-reminder.js'

type Change = {
  dueAt: Date | null
  level?: number
  round?: number
  heldWhy?: string | null
  putOff?: number
  ackedLevel?: number
}

/** Moves the ladder's next saying; planner and bells hear of it with the commit. */
export async function moveTo(work: Work, { reminder }: Opened, change: Change): Promise<void> {
  await work.tx.reminder.update({ where: { id: reminder.id }, data: change })
  if (change.dueAt) work.wake.push(change.dueAt)
}
