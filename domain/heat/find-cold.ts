import type { Reader } from '../../lib/db.js'
import { KIND, subjectOf } from '../opportunity/quote-clock.js'
import type { Lead } from './find-leads.js'
import type { ColdLead } from './heat.contract.js'
import { nudgeKey } from './nudge-rep.js'

/** Past their 72 hours without a price until now, with what somebody above did about each. */
export async function findCold(db: Reader, leads: Lead[]): Promise<ColdLead[]> {
  const cold = leads.filter((lead) => lead.outcome === 'unquoted')
  const acts = await db.reminderAct.findMany({
    where: {
      act: { in: ['call-lead', 'nudge-rep'] },
      reminder: { kind: KIND, subject: { in: cold.map(({ id }) => subjectOf(id)) } },
    },
    include: { person: { select: { name: true } }, reminder: { select: { subject: true } } },
    orderBy: { id: 'asc' },
  })
  const texts = await db.outbox.findMany({
    where: { key: { in: cold.map(({ id }) => nudgeKey(id)) } },
    select: { key: true, state: true, notBefore: true },
  })
  const didTo = (id: string, act: string) => acts.find((one) => one.act === act && one.reminder.subject === subjectOf(id))
  return cold.map(({ id, title, customer, contactId, rep, createdAt, dueAt }): ColdLead => {
    const [call, nudge] = [didTo(id, 'call-lead'), didTo(id, 'nudge-rep')]
    const text = texts.find(({ key }) => key === nudgeKey(id))
    const waits = text?.state === 'open'
    return {
      ...{ id, title, customer, contactId, rep },
      createdAt: createdAt.toISOString(),
      dueAt: dueAt.toISOString(),
      calledBy: call ? { name: call.person.name, at: call.at.toISOString() } : null,
      nudgedBy: nudge
        ? {
            name: nudge.person.name,
            at: nudge.at.toISOString(),
            sent: waits ? 'waiting' : text?.state === 'done' ? 'sent' : 'failed',
            until: waits ? text.notBefore.toISOString() : null,
          }
        : null,
    }
  })
}
