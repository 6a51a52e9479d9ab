import { newId } from '../../lib/ids.js'
import { minutesOf, nextWorkingMorning } from '../../lib/working-days.js'
import { redrawCard } from '../card/redraw-card.js'
import { weekOf } from '../reminders/calm.js'
import { dueAt, nextOn } from '../reminders/due-at.js'
import { findPolicy, type Policy } from '../reminders/policy.js'
import type { Work } from '../work.js'

type Row = { id: string; kind: string; subject: string; level: number; round: number; startedAt: Date; targetAt: Date | null }
type Move = {
  reminders: Row[]
  fromId: string
  /** Who has it now. */
  toOf: (row: Row) => string
  /** Who did it: the leaver, or whoever gives a customer to a colleague. */
  byId: string
  note: string
}

/**
 * Others hold these reminders now, and the ladders begin anew with them. What would ring at once stands on one card
 * already (待交接), so it rings on the next working morning. A few statements however many there are.
 */
export async function moveReminders(work: Work, { reminders, fromId, toOf, byId, note }: Move): Promise<void> {
  if (reminders.length === 0) return
  const policy = await findPolicy(work.tx)
  const ids = reminders.map((row) => row.id)
  const moves = reminders.map((row) => ({ row, toId: toOf(row), ...restart(row, toOf(row), { now: work.now, policy }) }))
  await work.tx.$executeRaw`
    UPDATE reminder SET person_id = v.to_id, level = v.level, round = reminder.round + 1, due_at = v.due_at, said_at = ${work.now},
      held_why = NULL, put_off = 0, acked_level = NULL, claimed_by_id = NULL, claimed_at = NULL
    FROM unnest(${ids}::uuid[], ${moves.map((m) => m.toId)}::uuid[], ${moves.map((m) => m.level)}::int[],
      ${moves.map((m) => m.due)}::timestamptz[]) AS v(id, to_id, level, due_at)
    WHERE reminder.id = v.id`
  // What waited to be said to them of these is said by the new ladder.
  await work.tx.notice.updateMany({
    where: { reminderId: { in: ids }, personId: fromId, state: 'waiting' },
    data: { state: 'withdrawn', why: 'left' },
  })
  await work.tx.reminderAct.createMany({
    data: moves.map(({ row, toId }) => {
      const said = { level: Math.max(row.level - 1, 0), round: row.round }
      return { id: newId(), reminderId: row.id, ...said, personId: byId, act: 'hand-over', toId, note, at: work.now }
    }),
  })
  for (const { due } of moves) if (due) work.wake.push(due)
  for (const id of ids) work.touched.add(`reminder:${id}`)
  await redrawCards(work, ids)
}

function restart(
  row: Row,
  personId: string,
  { now, policy }: { now: Date; policy: Policy },
): { level: number; due: Date | null } {
  const ladder = policy.ladderOf(row.kind)
  const level = nextOn(ladder, 0)
  const due = dueAt(ladder, level, { startedAt: row.startedAt, saidAt: now, targetAt: row.targetAt, personId }, policy.calm)
  if (!due || due > now) return { level, due }
  return { level, due: nextWorkingMorning(now, minutesOf(policy.calm.morning), weekOf(policy.calm)) }
}

/** Cards that can still be changed say who has it. */
async function redrawCards(work: Work, ids: string[]): Promise<void> {
  const cards = await work.tx.$queryRaw<{ id: string }[]>`
    SELECT c.id FROM card c WHERE c.kind IN ('reminder', 'claim')
      AND EXISTS (SELECT 1 FROM card_copy k WHERE k.card_id = c.id AND k.code IS NOT NULL AND k.code_until > ${work.now})
      AND (EXISTS (SELECT 1 FROM notice n WHERE n.card_id = c.id AND n.reminder_id = ANY(${ids}::uuid[]))
        OR (c.kind = 'claim' AND split_part(c.subject, '#', 1) = ANY(${ids.map((id) => `reminder:${id}`)})))`
  for (const { id } of cards) await redrawCard(work, id)
}
