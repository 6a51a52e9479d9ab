import { Prisma } from '../../lib/db.js'
import { readRows, replaceRows } from '../contact/kept-rows.js'
import { settleReminder } from '../reminders/settle-reminder.js'
import type { Work } from '../work.js'
import { KIND, subjectOf } from './clock.js'
import { reconcile } from './reconcile.js'

type Row = Prisma.FirstContactGetPayload<object>

/** How much was decided: what is more is what holds of both. */
const WEIGHT: Record<Row['state'], number> = {
  merged: 0,
  open: 1,
  known: 2,
  nurturing: 3,
  not_customer: 4,
  joined: 5,
  opportunity: 6,
}

/**
 * Two contacts proved to be one (their touches are together already): the earlier first contact stays, the later closes as
 * merged with its reminder. What was decided of either is decided.
 */
export async function joinFirstContacts(work: Work, { winnerId, loserId }: { winnerId: string; loserId: string }): Promise<void> {
  const rows = await work.tx.firstContact.findMany({
    where: { contactId: { in: [winnerId, loserId] }, state: { not: 'merged' } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })
  const [kept, gone] = rows
  if (!kept) return
  if (gone) {
    await closeAsMerged(work, { kept, gone, winnerId })
    await settleBoth(work, kept, gone)
  }
  await place(work, { keptId: kept.id, winnerId, loserId })
  await reconcile(work, winnerId)
}

async function closeAsMerged(work: Work, { kept, gone, winnerId }: { kept: Row; gone: Row; winnerId: string }): Promise<void> {
  const merged = { state: 'merged' as const, mergedIntoId: winnerId, closedAt: work.now, opportunityId: null }
  await work.tx.firstContact.update({ where: { id: gone.id }, data: merged })
  if (WEIGHT[gone.state] <= WEIGHT[kept.state]) return
  const { state, closedAt, closedById, until, proposedCustomerId, proposedWhy, opportunityId, before } = gone
  await work.tx.firstContact.update({
    where: { id: kept.id },
    data: {
      ...{ state, closedAt, closedById, until, proposedCustomerId, proposedWhy, opportunityId },
      before: before === null ? Prisma.DbNull : (before as Prisma.InputJsonValue),
    },
  })
}

async function settleBoth(work: Work, kept: Row, gone: Row): Promise<void> {
  await settleReminder(work, { kind: KIND, subject: subjectOf(gone.id), by: 'merged' })
  if (kept.state === 'open' && gone.state !== 'open')
    await settleReminder(work, { kind: KIND, subject: subjectOf(kept.id), by: 'merged' })
  for (const { personId } of [kept, gone]) work.touched.add(`person:${personId}`)
}

/** The one that stays is the winner's, and what is the winner's own otherwise is the loser's: they may trade places. */
async function place(work: Work, { keptId, winnerId, loserId }: { keptId: string; winnerId: string; loserId: string }) {
  const rows = await readRows(work.tx, 'first_contact', Prisma.sql`t.contact_id IN (${winnerId}::uuid, ${loserId}::uuid)`)
  const placed = rows.map((row) => ({ ...row, contact_id: row.id === keptId ? winnerId : loserId }))
  if (placed.some((row, i) => row.contact_id !== rows[i]?.contact_id)) await replaceRows(work.tx, 'first_contact', placed)
}
