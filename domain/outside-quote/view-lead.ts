import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import type { MediaKind } from '../message/media.contract.js'
import { leadOf } from '../opportunity/lead-of.js'
import { deadlineOf, KIND, subjectOf } from '../opportunity/quote-clock.js'
import { type Actor, messageVisibleTo } from '../person/actor.js'
import { isAbove } from '../reminders/acts/is-above.js'
import { findCalm } from '../reminders/find-calm.js'
import { earliestOf } from './earliest.js'
import type { LeadView, OutsideLine } from './outside-quote.contract.js'

const LAST = 12

/** `id`: of the 商机, or of its reminder, as a card knows it. For its owner, those above, and who was handed it. */
export async function viewLead(db: Reader, actor: Actor, id: string): Promise<LeadView> {
  const unknown = new Refused('no-such-opportunity', '没有找到这个商机，或者它不归你', 404)
  const opportunityId = await leadOf(db, id)
  const lead = opportunityId
    ? await db.opportunity.findFirst({
        where: { id: opportunityId, undoneAt: null },
        include: {
          owner: { select: { id: true, name: true } },
          customer: { select: { id: true, name: true } },
          contact: { select: { id: true, name: true, customer: { select: { id: true, name: true } } } },
          outside: true,
        },
      })
    : null
  if (!lead || !(await maySee(db, actor, lead))) throw unknown
  const customer = lead.customer ?? lead.contact?.customer ?? null
  const proposed = new Set(lead.outside.flatMap((one) => (one.state === 'proposed' && one.messageId ? [one.messageId] : [])))
  const confirmed = lead.outside.find((one) => one.state === 'confirmed')
  return {
    ...{ id: lead.id, number: lead.number, title: lead.title, customer },
    contact: lead.contact && { id: lead.contact.id, name: lead.contact.name },
    owner: lead.owner,
    createdAt: lead.createdAt.toISOString(),
    dueAt: deadlineOf(lead.createdAt, await findCalm(db)).toISOString(),
    state: lead.invalidAt ? 'invalid' : lead.quotedAt ? (lead.quotedHow === 'outside' ? 'outside' : 'quoted') : 'open',
    quotedAt: lead.quotedAt?.toISOString() ?? null,
    totalFen: confirmed?.totalFen == null ? null : Number(confirmed.totalFen),
    invalidWhy: lead.invalidWhy,
    lines: lead.contactId ? await findLines(db, actor, { contactId: lead.contactId, since: lead.createdAt, proposed }) : [],
  }
}

async function maySee(db: Reader, actor: Actor, { id, ownerId }: { id: string; ownerId: string }): Promise<boolean> {
  if (ownerId === actor.personId || actor.roles.includes('admin') || (await isAbove(db, actor, ownerId))) return true
  return (await db.reminder.count({ where: { kind: KIND, subject: subjectOf(id), personId: actor.personId } })) > 0
}

type Look = { contactId: string; since: Date; proposed: Set<string> }

async function findLines(db: Reader, actor: Actor, { contactId, since, proposed }: Look): Promise<OutsideLine[]> {
  const rows = await db.message.findMany({
    where: {
      ...{ contactId, speaker: 'rep', revokedAt: null, saidAt: { gte: earliestOf(since) } },
      AND: [messageVisibleTo(actor)],
    },
    orderBy: [{ saidAt: 'desc' }, { id: 'desc' }],
    take: LAST,
    select: {
      ...{ id: true, text: true, saidAt: true },
      person: { select: { name: true } },
      media: { select: { kind: true, name: true }, take: 1 },
    },
  })
  const lines = rows.map((row): OutsideLine => {
    const [file] = row.media
    return {
      ...{ messageId: row.id, text: row.text, at: row.saidAt.toISOString(), by: row.person.name },
      file: file ? { kind: file.kind as MediaKind, name: file.name } : null,
      proposed: proposed.has(row.id),
    }
  })
  return lines.sort((a, b) => Number(b.proposed) - Number(a.proposed))
}
