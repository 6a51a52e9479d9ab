import { minutesOf, nextWorkingMorning } from '../../../lib/working-days.js'
import { MOST_PUT_OFF } from '../../card/kinds/reminder.js'
import type { Actor } from '../../person/actor.js'
import type { Work } from '../../work.js'
import { afterQuiet, weekOf } from '../calm.js'
import { moveTo } from './move-to.js'
import { keepAct, openReminder } from './open-reminder.js'

const HOUR = 3_600_000

/** 再说: the same level is said again in an hour or on the next working morning; twice for one reminder, not more. */
export async function putOff(
  work: Work,
  actor: Actor,
  { subjectId, until }: { subjectId: string; until: 'in-an-hour' | 'tomorrow-morning' },
): Promise<boolean> {
  const opened = await openReminder(work, actor, subjectId)
  if (!opened || opened.reminder.putOff >= MOST_PUT_OFF) return false
  const { reminder, said, policy } = opened
  const dueAt =
    until === 'in-an-hour'
      ? afterQuiet(new Date(work.now.getTime() + HOUR), policy.calm, reminder.personId)
      : nextWorkingMorning(work.now, minutesOf(policy.calm.morning), weekOf(policy.calm))
  await moveTo(work, opened, {
    dueAt,
    level: Math.max(said.level, 0),
    round: reminder.round + 1,
    heldWhy: 'later',
    putOff: reminder.putOff + 1,
  })
  await keepAct(work, actor, opened, { act: until })
  return true
}
