import { endOfNextWorkingDay } from '../../../lib/working-time.js'
import type { Actor } from '../../person/actor.js'
import type { Work } from '../../work.js'
import { calendarOf } from '../calm.js'
import { moveTo } from './move-to.js'
import { keepAct, openReminder } from './open-reminder.js'

/**
 * 我来跟进: buys time until the end of the next working day, once per level. Then the ladder goes on; past its last level that
 * one is said once more. Returns false when it came too late or was said for this level before.
 */
export async function followUp(work: Work, actor: Actor, subjectId: string): Promise<boolean> {
  const opened = await openReminder(work, actor, subjectId)
  if (!opened) return false
  const { reminder, said, policy, ladder } = opened
  if (reminder.ackedLevel !== null && reminder.ackedLevel >= said.level) return false
  const until = endOfNextWorkingDay(work.now, calendarOf(policy.calm))
  const ended = reminder.level >= ladder.levels.length
  const dueAt = reminder.dueAt && reminder.dueAt > until ? reminder.dueAt : until
  const again = ended ? { level: Math.max(said.level, 0), round: reminder.round + 1 } : {}
  await moveTo(work, opened, { dueAt, ...again, heldWhy: 'follow-up', ackedLevel: said.level })
  await keepAct(work, actor, opened, { act: 'follow-up' })
  return true
}
