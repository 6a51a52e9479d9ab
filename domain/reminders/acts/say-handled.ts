import { Refused } from '../../../lib/errors.js'
import { endOfNextWorkingDay } from '../../../lib/working-time.js'
import { issueCard } from '../../card/issue-card.js'
import type { Actor } from '../../person/actor.js'
import type { Work } from '../../work.js'
import { createAudience } from '../audience.js'
import { calendarOf } from '../calm.js'
import { reminderKind } from '../find-kind.js'
import { aboutOf, findSaid } from '../find-said.js'
import { standardRoute } from '../reminder-kind.js'
import { settle } from '../settle-reminder.js'
import { tellBadges } from '../tell-badges.js'
import { moveTo } from './move-to.js'
import { keepAct, openReminder } from './open-reminder.js'

const LONGEST = 500

/**
 * 已处理, and what settled it. Closes at once when what we know says so too, or when a manager says it; else their lead is
 * asked, and the ladder rests until the end of the next working day.
 */
export async function sayHandled(
  work: Work,
  actor: Actor,
  { subjectId, note }: { subjectId: string; note: string | null },
): Promise<boolean> {
  const words = note?.trim() ?? ''
  if (words.length > LONGEST) throw new Refused('too-long', `最多 ${LONGEST} 个字`)
  const opened = await openReminder(work, actor, subjectId)
  if (!opened || opened.reminder.claimedAt) return false
  const { reminder, policy } = opened
  const { tick, endsBy } = reminderKind(reminder.kind)
  if (tick) {
    await tick(work, aboutOf(reminder))
    await settle(work, reminder.id, actor.personId)
    await keepAct(work, actor, opened, { act: 'accept', note: words || null })
    return true
  }
  if (words === '') throw new Refused('say-how', '说一句是怎么处理的，上级好确认')
  const said = await findSaid(work.tx, reminder, work.now)
  if (endsBy && said && !('done' in said)) throw new Refused('ends-elsewhere', endsBy)
  const audience = await createAudience(work.tx, [reminder.personId])
  const leads = await audience.find(['lead'], reminder.kind, aboutOf(reminder))
  if (!said || 'done' in said || (leads.includes(actor.personId) && actor.personId !== reminder.personId)) {
    await settle(work, reminder.id, actor.personId)
    await keepAct(work, actor, opened, { act: 'accept', note: words })
    return true
  }
  const until = endOfNextWorkingDay(work.now, calendarOf(policy.calm))
  const dueAt = reminder.dueAt && reminder.dueAt > until ? reminder.dueAt : reminder.dueAt && until
  await moveTo(work, opened, { dueAt, heldWhy: 'claimed' })
  await work.tx.reminder.update({ where: { id: reminder.id }, data: { claimedById: actor.personId, claimedAt: work.now } })
  const act = await keepAct(work, actor, opened, { act: 'handled', note: words })
  const judges = leads.filter((id) => id !== actor.personId)
  await tellBadges(work, judges)
  await issueCard(work, {
    kind: 'claim',
    subject: `reminder:${reminder.id}#${act}`,
    people: judges.length > 0 ? judges : leads,
    route: standardRoute,
  })
  return true
}
