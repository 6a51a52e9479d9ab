import { Refused } from '../../../lib/errors.js'
import type { Actor } from '../../person/actor.js'
import type { Work } from '../../work.js'
import { settle } from '../settle-reminder.js'
import { isAbove } from './is-above.js'
import { keepAct, openReminder } from './open-reminder.js'

/** 认可: a manager takes somebody's 已处理 as true, and the reminder is closed. */
export async function acceptHandled(work: Work, actor: Actor, subjectId: string): Promise<boolean> {
  const opened = await openReminder(work, actor, subjectId)
  if (!opened?.reminder.claimedById) return false
  if (!(await isAbove(work.tx, actor, opened.reminder.claimedById))) throw new Refused('not-yours', '要由上级来认可', 403)
  await keepAct(work, actor, opened, { act: 'accept' })
  await settle(work, opened.reminder.id, actor.personId)
  return true
}
