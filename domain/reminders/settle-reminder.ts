import { redrawCard } from '../card/redraw-card.js'
import { followTodos } from '../todo/follow-todos.js'
import type { Work } from '../work.js'
import { tellBadges } from './tell-badges.js'

/**
 * The subject is settled: nothing more is said about it, what waited is dropped, and the cards that can still be changed say
 * so. Settling what is not open is no error.
 */
export async function settleReminder(
  work: Work,
  { kind, subject, by }: { kind: string; subject: string; by: string },
): Promise<void> {
  const open = await work.tx.reminder.findFirst({ where: { kind, subject, state: 'open' }, select: { id: true } })
  if (open) await settle(work, open.id, by)
}

/** `by` is a person's id or the act that ended it. */
export async function settle(work: Work, reminderId: string, by: string): Promise<void> {
  const about = await work.tx.reminder.update({
    where: { id: reminderId },
    data: {
      state: 'settled',
      settledAt: work.now,
      settledBy: by,
      dueAt: null,
      heldWhy: null,
      claimedById: null,
      claimedAt: null,
    },
    select: { kind: true, subject: true },
  })
  await followTodos(work, about)
  await work.tx.notice.updateMany({ where: { reminderId, state: 'waiting' }, data: { state: 'withdrawn', why: 'settled' } })
  await redrawReminder(work, reminderId)
}

/** What was said of it looks different now. */
export async function redrawReminder(work: Work, reminderId: string): Promise<void> {
  const cards = await work.tx.card.findMany({
    where: {
      kind: { in: ['reminder', 'claim'] },
      OR: [{ notices: { some: { reminderId } } }, { subject: { startsWith: `reminder:${reminderId}#` } }],
    },
    select: { id: true },
  })
  for (const card of cards) await redrawCard(work, card.id)
  await touchReminder(work, reminderId)
}

/** Everybody who has it before them looks again: its ladder, their lists and numbers, the customer's timeline. */
async function touchReminder(work: Work, reminderId: string): Promise<void> {
  const { personId, customerId, notices, acts } = await work.tx.reminder.findUniqueOrThrow({
    where: { id: reminderId },
    select: {
      personId: true,
      customerId: true,
      notices: { select: { personId: true }, distinct: ['personId'] },
      acts: { select: { personId: true, toId: true } },
    },
  })
  work.touched.add(`reminder:${reminderId}`)
  if (customerId) work.touched.add(`customer:${customerId}`)
  const others = [...notices.map((notice) => notice.personId), ...acts.flatMap((act) => [act.personId, act.toId])]
  await tellBadges(
    work,
    [personId, ...others].filter((id) => id !== null),
  )
}
