import type { Reader } from '../../lib/db.js'
import { findLabels } from '../contact-way/find-labels.js'
import { endWords, howWords } from '../first-contact/words.js'
import { type Actor, visibleTo } from '../person/actor.js'
import type { RemindedEntry } from './reminded.contract.js'

const MOST = 8

type Ask = { contactId: string; customerId: string | null; now: Date }
const name = { select: { name: true } } as const

/**
 * How it began with a contact, and with the others of their company where the actor sees it: the first contact and what became
 * of it, opportunities, contacts that proved to be one. Newest first. That the contact may be seen has been asked before.
 */
export async function listMilestones(db: Reader, actor: Actor, { contactId, customerId, now }: Ask): Promise<RemindedEntry[]> {
  const seen = customerId ? await db.customer.count({ where: { AND: [{ id: customerId }, visibleTo(actor)] } }) : 0
  const contact = { mergedIntoId: null, OR: [{ id: contactId }, ...(seen > 0 ? [{ customerId }] : [])] }
  const found = [...(await beginnings(db, contact, now)), ...(await deals(db, contact)), ...(await merges(db, contact))]
  return found.sort((a, b) => b.at.localeCompare(a.at) || b.id.localeCompare(a.id)).slice(0, MOST)
}

type Whose = { mergedIntoId: null; OR: object[] }

async function beginnings(db: Reader, contact: Whose, now: Date): Promise<RemindedEntry[]> {
  const rows = await db.firstContact.findMany({
    where: { contact, state: { not: 'merged' }, NOT: { state: 'known', proposedWhy: { in: ['history', 'contact'] } } },
    include: {
      person: name,
      closedBy: name,
      opportunity: { select: { title: true } },
      contact: { select: { name: true, customer: name } },
    },
    orderBy: { at: 'desc' },
    take: MOST,
  })
  const labels = await findLabels(
    db,
    rows.map((row) => row.channel),
  )
  return rows.flatMap((row) => {
    const channel = row.channel && (labels.get(row.channel) ?? row.channel)
    const how = [`${row.contact.name}：${howWords(row.source)}`, channel].filter(Boolean).join(' · ')
    const began = entry({ id: row.id, at: row.at, what: 'first-contact', person: row.person, title: how })
    const title = endWords(row, now)
    // An opportunity has a line of its own.
    if (!row.closedAt || !title || row.state === 'opportunity') return [began]
    return [entry({ id: `${row.id}.end`, at: row.closedAt, what: row.state, person: row.closedBy, title }), began]
  })
}

async function deals(db: Reader, contact: Whose): Promise<RemindedEntry[]> {
  const rows = await db.opportunity.findMany({
    where: { contact, undoneAt: null },
    include: { owner: name },
    orderBy: { createdAt: 'desc' },
    take: MOST,
  })
  return rows.map((row) =>
    entry({ id: row.id, at: row.createdAt, what: 'opportunity', person: row.owner, title: `商机 ${row.number} · ${row.title}` }),
  )
}

async function merges(db: Reader, contact: Whose): Promise<RemindedEntry[]> {
  const rows = await db.contactMerge.findMany({
    where: { winner: contact, undoneAt: null },
    include: { by: name, loser: name },
    orderBy: { at: 'desc' },
    take: MOST,
  })
  return rows.map((row) => entry({ id: row.id, at: row.at, what: 'contact-merge', person: row.by, title: row.loser.name }))
}

type Line = { id: string; at: Date; what: string; person: { name: string } | null; title: string }

const entry = ({ id, at, what, person, title }: Line): RemindedEntry => ({
  ...{ id, what, title, reminderId: null, to: null },
  at: at.toISOString(),
  people: person ? [person.name] : [],
})
