import type { Work } from '../work.js'
import { afterQuiet, isQuiet } from './calm.js'
import { findPolicy } from './policy.js'
import { createCards, digestCard } from './say-notices.js'
import { tellBadges } from './tell-badges.js'

type Row = { id: string; person_id: string; customer_id: string | null; why: string | null; trace: string }

/**
 * Says what waited for a digest or for a customer's card before it to be a while ago: one card for each person, or for each
 * person and customer. What was settled or answered meanwhile is not on it.
 */
export async function sayWaiting(work: Work, limit = 500): Promise<number> {
  const rows = await work.tx.$queryRaw<Row[]>`
    SELECT n.id, n.person_id, n.customer_id, n.why, r.trace FROM notice n JOIN reminder r ON r.id = n.reminder_id
    WHERE n.state = 'waiting' AND n.say_at <= ${work.now} ORDER BY n.say_at LIMIT ${limit} FOR UPDATE OF n SKIP LOCKED`
  if (rows.length === 0) return 0
  const { calm } = await findPolicy(work.tx)
  if (isQuiet(work.now, calm)) {
    await work.tx.$executeRaw`
      UPDATE notice SET say_at = v.at FROM unnest(${rows.map((row) => row.id)}::uuid[],
        ${rows.map((row) => afterQuiet(work.now, calm, row.person_id))}::timestamptz[]) AS v(id, at) WHERE notice.id = v.id`
    return rows.length
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
  return rows.length
}
