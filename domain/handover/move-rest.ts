import type { Work } from '../work.js'
import { holdCopy } from './move-asks.js'
import type { Moved, Passing } from './passing.js'

/** 提醒我: what they meant to do themselves. */
export async function moveTasks(work: Work, { personId, toId }: Passing): Promise<Moved[]> {
  const tasks = await work.tx.task.updateManyAndReturn({
    where: { personId, doneAt: null },
    data: { personId: toId },
    include: { contact: { select: { customerId: true } }, group: { select: { customerId: true } } },
  })
  return tasks.map(({ id, contact, group }) => ({
    ...{ kind: 'task' as const, subjectId: id, toId },
    customerId: contact?.customerId ?? group?.customerId ?? null,
  }))
}

/** Somebody's 已处理 that nobody but the leaver was to judge. */
export async function moveClaims(work: Work, { personId, toId }: Passing): Promise<Moved[]> {
  const claims = await work.tx.$queryRaw<{ id: string; customer_id: string | null; card_id: string }[]>`
    SELECT r.id, r.customer_id, c.id AS card_id FROM card_copy k
      JOIN card c ON c.id = k.card_id AND c.kind = 'claim'
      JOIN reminder r ON 'reminder:' || r.id = split_part(c.subject, '#', 1)
    WHERE k.person_id = ${personId}::uuid AND r.state = 'open' AND r.claimed_at IS NOT NULL AND r.person_id <> ${personId}::uuid
      -- The claim that stands, and not one that was pushed back before.
      AND c.created_at >= r.claimed_at
      AND NOT EXISTS (SELECT 1 FROM card_copy o JOIN person p ON p.id = o.person_id AND p.left_at IS NULL WHERE o.card_id = c.id)`
  for (const { card_id } of claims) await holdCopy(work, card_id, toId)
  return claims.map((row) => ({ kind: 'claim', subjectId: row.id, customerId: row.customer_id, toId }))
}

/** What was to be said to the leaver about others' matters is said to who sees to it; what they are told already, once. */
export async function readdressNotices(work: Work, { personId, toId }: Passing): Promise<void> {
  await work.tx.$executeRaw`
    UPDATE notice n SET person_id = ${toId}::uuid FROM reminder r
    WHERE r.id = n.reminder_id AND n.person_id = ${personId}::uuid AND n.state = 'waiting' AND r.person_id <> ${toId}::uuid
      AND NOT EXISTS (SELECT 1 FROM notice o WHERE o.reminder_id = n.reminder_id AND o.level = n.level AND o.round = n.round
        AND o.person_id = ${toId}::uuid)`
  await work.tx.notice.updateMany({ where: { personId, state: 'waiting' }, data: { state: 'withdrawn', why: 'left' } })
}
