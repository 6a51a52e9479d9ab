import { Refused } from '../../../lib/errors.js'
import type { Actor } from '../../person/actor.js'
import type { Work } from '../../work.js'
import { giveTo } from './hand-over.js'
import { isAbove } from './is-above.js'
import { keepAct, openReminder } from './open-reminder.js'

/** 退回去跟: a manager gives it back to whoever holds it, or does not take their 已处理; they hear of it at once. */
export async function pushBack(
  work: Work,
  actor: Actor,
  { subjectId, note }: { subjectId: string; note: string | null },
): Promise<boolean> {
  const opened = await openReminder(work, actor, subjectId)
  if (!opened) return false
  const holder = opened.reminder.personId
  if (!(await isAbove(work.tx, actor, holder))) throw new Refused('not-yours', '要由上级来退回', 403)
  await giveTo(work, opened, holder)
  await keepAct(work, actor, opened, { act: 'push-back', toId: holder, note: note?.trim() || null })
  return true
}
