import type { Work } from '../work.js'
import { afterQuiet, isQuiet } from './calm.js'
import { findPolicy } from './policy.js'
import { createCards, digestCard } from './say-notices.js'
import { tellBadges } from './tell-badges.js'

type Row = { id: string; person_id: string; customer_id: string | null; why: string | null; trace: string }

/**
 * Says what waited for a digest or for a customer's card before it to be a while ago: one card for each person, or for each
 * person and customer. What was settled or answered meanwhile is not on it. Claimed by people, not by rows: neither the end of a
 * batch nor another planner cuts one person's digest in two. Returns how many people had any.
 */
export async function sayWaiting(work: Work, people = 200): Promise<number> {
  // Raw: the lock of each person is tried before their rows are read, once, and whoever is with another planner is left to it.
  const rows = await work.tx.$queryRaw<Row[]>`
    WITH due AS MATERIALIZED (
      SELECT person_id, min(say_at) AS at FROM notice WHERE state = 'waiting' AND say_at <= ${work.now}
      GROUP BY person_id ORDER BY at LIMIT ${people}),
    mine AS MATERIALIZED (
      SELECT person_id FROM due WHERE pg_try_advisory_xact_lock(hashtextextended('digest:' || person_id, 4)))
    SELECT n.id, n.person_id, n.customer_id, n.why, r.trace FROM notice n JOIN reminder r ON r.id = n.reminder_id
    WHERE n.state = 'waiting' AND n.say_at <= ${work.now} AND n.person_id IN (SELECT person_id FROM mine)
    ORDER BY n.say_at FOR UPDATE OF n SKIP LOCKED`
  if (rows.length === 0) return 0
  const told = new Set(rows.map((row) => row.person_id)).size
  const { calm } = await findPolicy(work.tx)
  if (isQuiet(work.now, calm)) {
    await work.tx.$executeRaw`
      UPDATE notice SET say_at = v.at FROM unnest(${rows.map((row) => row.id)}::uuid[],
        ${rows.map((row) => afterQuiet(work.now, calm, row.person_id))}::timestamptz[]) AS v(id, at) WHERE notice.id = v.id`
    return told
  }
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = row.why === 'merge' ? `${row.person_id}:${row.customer_id}` : row.person_id
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  for (const [first, ...more] of groups.values()) {
    if (!first) continue
    const card = { ...digestCard(first.trace), people: [first.person_id] }
    await createCards(work, [card])
    await work.tx.notice.updateMany({
      where: { id: { in: [first, ...more].map((row) => row.id) } },
      data: { state: 'said', sayAt: work.now, cardId: card.id },
    })
  }
  await tellBadges(
    work,
    rows.map((row) => row.person_id),
  )
  return told
}
