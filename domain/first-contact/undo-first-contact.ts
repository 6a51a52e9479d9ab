import { Prisma } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { undoOpportunity } from '../opportunity/undo-opportunity.js'
import type { Actor } from '../person/actor.js'
import { resumeReminder, suspendReminder } from '../reminders/suspend-reminder.js'
import type { Work } from '../work.js'
import { asStanding, readBefore } from './before.js'
import { carryBack } from './carry.js'
import { KIND, subjectOf } from './clock.js'
import { claim, tell } from './close.js'
import { getFirstContact } from './find-first-contact.js'
import type { FirstContactView } from './first-contact.contract.js'

/** 撤销: the last act was not meant. All of it is as it was, and the ladder goes on where it stood. */
export async function undoFirstContact(work: Work, actor: Actor, { id }: { id: string }): Promise<FirstContactView> {
  const row = await claim(work, actor, id)
  const was = readBefore(row.before)
  if (!was || was.act === 'woke' || row.state === 'merged')
    throw new Refused('nothing-to-undo', '这一步已经撤销过了，刷新看看', 409)
  // A refusal began a ladder of its own.
  if (was.act === 'refuse') await suspendReminder(work, { kind: KIND, subject: subjectOf(id), by: actor.personId })
  if (was.act === 'make-opportunity' && row.opportunityId) await undoOpportunity(work, row.opportunityId)
  if (was.carried) await carryBack(work, row.contactId, was.carried)
  await work.tx.firstContact.update({
    where: { id },
    data: { ...asStanding(was.standing), before: was.before ? (was.before as Prisma.InputJsonObject) : Prisma.DbNull },
  })
  if (was.reminder) await resumeReminder(work, was.reminder)
  await tell(work, actor, row, { verb: 'first-contact-undo', content: { contactId: row.contactId, act: was.act } })
  return getFirstContact(work.tx, actor, { id, now: work.now })
}
