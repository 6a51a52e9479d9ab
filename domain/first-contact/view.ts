import type { Reader } from '../../lib/db.js'
import { findLabels } from '../contact-way/find-labels.js'
import { titleFacts, titleOf } from '../opportunity/title-of.js'
import { viewOpportunity } from '../opportunity/view-opportunity.js'
import { findPolicy } from '../reminders/policy.js'
import { deadlineOf } from './clock.js'
import { type FirstContactView, proposal, touchSource } from './first-contact.contract.js'

const brief = { select: { id: true, name: true } } as const

/** First contacts as the page shows them, in the order of `ids`. Who may see them has been asked before. */
export async function viewFirstContacts(db: Reader, ids: string[]): Promise<FirstContactView[]> {
  const rows = await db.firstContact.findMany({
    where: { id: { in: ids } },
    include: {
      contact: { select: titleFacts },
      person: brief,
      proposedCustomer: brief,
      opportunity: true,
    },
  })
  const passed = await findPassed(db, rows)
  const { calm } = await findPolicy(db)
  const labels = await findLabels(
    db,
    rows.map((row) => row.channel),
  )
  const views = rows.map((row): FirstContactView => {
    const why = proposal.shape.why.safeParse(row.proposedWhy)
    const proposes = row.state === 'known' && row.proposedCustomer && why.success
    return {
      id: row.id,
      contactId: row.contactId,
      name: row.contact.name,
      state: row.state,
      source: touchSource.parse(passed.has(row.contactId) ? 'add' : row.source),
      channel: row.channel ? (labels.get(row.channel) ?? row.channel) : null,
      at: row.at.toISOString(),
      dueAt: row.state === 'open' ? deadlineOf(row.at, calm).toISOString() : null,
      rep: row.person,
      proposed: proposes
        ? { customerId: row.proposedCustomer?.id ?? '', name: row.proposedCustomer?.name ?? '', why: why.data }
        : null,
      until: row.until?.toISOString() ?? null,
      joined: row.state === 'joined' ? row.contact.customer : null,
      opportunity: row.opportunity && !row.opportunity.undoneAt ? viewOpportunity(row.opportunity) : null,
      title: titleOf(row.contact),
    }
  })
  const byId = new Map(views.map((view) => [view.id, view]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

type Came = { contactId: string; personId: string; source: string }

/**
 * Who came by themselves and isn't waiting any more. Both adds are one touch; but the platform answers for a contact only once
 * the rep let them in, and how they were added stands in its answer.
 */
async function findPassed(db: Reader, rows: Came[]): Promise<Set<string>> {
  const half = rows.filter(({ source }) => source === 'half-add')
  if (half.length === 0) return new Set()
  const known = await db.follow.findMany({
    where: { addWay: { not: null }, OR: half.map(({ contactId, personId }) => ({ contactId, personId })) },
    select: { contactId: true },
  })
  return new Set(known.map(({ contactId }) => contactId))
}
