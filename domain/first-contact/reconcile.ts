import { newId } from '../../lib/ids.js'
import { settleReminder } from '../reminders/settle-reminder.js'
import { startReminder } from '../reminders/start-reminder.js'
import type { Work } from '../work.js'
import { beginOf, KIND, subjectOf } from './clock.js'
import { findFirstTouch } from './find-first-touch.js'
import { findKnown } from './find-known.js'

type Row = NonNullable<Awaited<ReturnType<typeof findRow>>>

/**
 * Makes the first contact of a contact what its touches say: it follows from all of them, so that the order in which they
 * were heard makes no difference. The contact is locked by whoever calls.
 */
export async function reconcile(work: Work, contactId: string): Promise<void> {
  const first = await findFirstTouch(work.tx, contactId)
  if (!first) return
  const row = await findRow(work, contactId)
  if (!row) return first.isHistory ? undefined : open(work, contactId, first)
  if (first.isHistory) return closeAsHistory(work, row)
  const wasHistory = row.state === 'known' && row.proposedWhy === 'history'
  const { at, source, channel, heardAt } = first
  const isOther = at.getTime() !== row.at.getTime() || source !== row.source || channel !== row.channel
  if (!isOther && !wasHistory) return
  await work.tx.firstContact.update({ where: { id: row.id }, data: { at, source, channel, heardAt } })
  if (wasHistory) return reopen(work, row.id, first)
  if (row.state === 'open') await moveClock(work, row, first)
}

const findRow = (work: Work, contactId: string) =>
  work.tx.firstContact.findFirst({ where: { contactId, state: { not: 'merged' } } })

type First = { personId: string; source: string; channel: string | null; at: Date; heardAt: Date }

async function open(work: Work, contactId: string, first: First): Promise<void> {
  const known = await findKnown(work.tx, contactId)
  const id = newId()
  const { personId, source, channel, at, heardAt } = first
  const { count } = await work.tx.firstContact.createMany({
    data: {
      ...{ id, contactId, personId, source, channel, at, heardAt },
      ...(known ? { state: 'known', proposedCustomerId: known.customerId, proposedWhy: known.why } : {}),
    },
    skipDuplicates: true,
  })
  if (count === 0) return
  work.touched.add(`person:${personId}`)
  if (!known) await startClock(work, { id, ...first })
}

/** The ladder about one first contact. Also what begins it again. */
export async function startClock(work: Work, { id, personId, at, heardAt }: Omit<First, 'source' | 'channel'> & { id: string }) {
  await startReminder(work, { kind: KIND, subject: subjectOf(id), personId, at: beginOf({ at, heardAt }) })
}

/**
 * An earlier touch came to light: it counts from there, with whoever it was. Once somebody was told, they keep it and its hours
 * (docs/decisions/0012): a card that was on its way to nobody yet is none.
 */
async function moveClock(work: Work, { id, personId }: Row, first: First): Promise<void> {
  const untold = {
    kind: KIND,
    subject: subjectOf(id),
    state: 'open' as const,
    notices: { none: { state: 'said' as const } },
    acts: { none: {} },
  }
  const [clock] = await work.tx.reminder.findMany({ where: untold, select: { id: true } })
  if (!clock) return
  await work.tx.notice.deleteMany({ where: { reminderId: clock.id } })
  await work.tx.reminder.delete({ where: { id: clock.id } })
  await work.tx.firstContact.update({ where: { id }, data: { personId: first.personId } })
  await startClock(work, { id, ...first })
  work.touched.add(`person:${personId}`)
}

/** They were known before we were connected: nobody was to record them. */
async function closeAsHistory(work: Work, { id, state, personId }: Row): Promise<void> {
  if (state !== 'open' && state !== 'nurturing') return
  const known = { state: 'known' as const, proposedCustomerId: null, proposedWhy: 'history', until: null }
  await work.tx.firstContact.update({ where: { id }, data: known })
  await settleReminder(work, { kind: KIND, subject: subjectOf(id), by: 'history' })
  work.touched.add(`person:${personId}`)
}

async function reopen(work: Work, id: string, first: First): Promise<void> {
  await work.tx.firstContact.update({ where: { id }, data: { state: 'open', proposedWhy: null, personId: first.personId } })
  await startClock(work, { id, ...first })
}
