import { newId } from '../../lib/ids.js'
import { openLead } from '../opportunity/find-open-lead.js'
import { KIND, subjectOf } from '../opportunity/quote-clock.js'
import { redrawReminder } from '../reminders/settle-reminder.js'
import type { Work } from '../work.js'
import { earliestOf } from './earliest.js'

/**
 * The archive shows one of ours naming a price (`totalFen`: of everything, where that is what was named) while a lead of this
 * contact waits for one: it is proposed as 已另行报价, a person says whether it is. The same message proposes once, also after
 * somebody said no.
 */
export async function proposeOutside(work: Work, said: { messageId: string; totalFen: bigint | null }): Promise<void> {
  const message = await work.tx.message.findUnique({
    where: { id: said.messageId },
    select: { contactId: true, groupId: true, speaker: true, saidAt: true, revokedAt: true },
  })
  // In a group nobody knows whom a price is for.
  if (message?.speaker !== 'rep' || message.groupId || message.revokedAt) return
  const leads = await work.tx.opportunity.findMany({
    where: { ...openLead, contactId: message.contactId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 1,
    select: { id: true, createdAt: true },
  })
  const [lead] = leads
  // History that was fetched later is of something else.
  if (!lead || message.saidAt < earliestOf(lead.createdAt)) return
  const { count } = await work.tx.outsideQuote.createMany({
    data: {
      ...{ id: newId(), opportunityId: lead.id, messageId: said.messageId },
      ...{ totalFen: said.totalFen, at: message.saidAt, state: 'proposed' },
    },
    skipDuplicates: true,
  })
  if (count === 0) return
  const reminder = await work.tx.reminder.findFirst({
    where: { kind: KIND, subject: subjectOf(lead.id), state: 'open' },
    select: { id: true },
  })
  if (reminder) await redrawReminder(work, reminder.id)
  work.touched.add(`chat:${message.contactId}`)
}
