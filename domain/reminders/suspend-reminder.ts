import type { Work } from '../work.js'
import { settle } from './settle-reminder.js'
import { tellBadges } from './tell-badges.js'

/** What a reminder was when it was settled, as JSON: enough to let it go on as if nothing had been. */
export type Suspended = {
  id: string
  dueAt: string | null
  heldWhy: string | null
  claimedById: string | null
  claimedAt: string | null
  /** What waited to be said, and why. */
  waiting: { id: string; why: string | null }[]
}

type About = { kind: string; subject: string }

/** Settles what is open about a subject, and returns what it was; null: nothing was open. */
export async function suspendReminder(work: Work, { kind, subject, by }: About & { by: string }): Promise<Suspended | null> {
  const [open] = await work.tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM reminder WHERE kind = ${kind} AND subject = ${subject} AND state = 'open' FOR UPDATE`
  if (!open) return null
  const { dueAt, heldWhy, claimedById, claimedAt } = await work.tx.reminder.findUniqueOrThrow({ where: { id: open.id } })
  const waiting = await work.tx.notice.findMany({
    where: { reminderId: open.id, state: 'waiting' },
    select: { id: true, why: true },
    orderBy: { id: 'asc' },
  })
  await settle(work, open.id, by)
  return {
    ...{ id: open.id, heldWhy, claimedById, waiting },
    dueAt: dueAt?.toISOString() ?? null,
    claimedAt: claimedAt?.toISOString() ?? null,
  }
}

/** It goes on exactly where it stood; what became due meanwhile is said now. False: another one is open about it by now. */
export async function resumeReminder(work: Work, was: Suspended): Promise<boolean> {
  const { id, heldWhy, claimedById, waiting } = was
  const [row] = await work.tx.$queryRaw<{ state: string; kind: string; subject: string; person_id: string }[]>`
    SELECT state::text, kind, subject, person_id FROM reminder WHERE id = ${id}::uuid FOR UPDATE`
  if (row?.state !== 'settled') return false
  const { kind, subject } = row
  if ((await work.tx.reminder.count({ where: { kind, subject, state: 'open' } })) > 0) return false
  const dueAt = was.dueAt ? new Date(was.dueAt) : null
  const claimedAt = was.claimedAt ? new Date(was.claimedAt) : null
  await work.tx.reminder.update({
    where: { id },
    data: { state: 'open', settledAt: null, settledBy: null, dueAt, heldWhy, claimedById, claimedAt },
  })
  for (const notice of waiting)
    await work.tx.notice.update({ where: { id: notice.id }, data: { state: 'waiting', why: notice.why } })
  if (dueAt) work.wake.push(dueAt)
  work.touched.add(`reminder:${id}`)
  await tellBadges(work, [row.person_id])
  return true
}
