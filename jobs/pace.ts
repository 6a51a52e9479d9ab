import { Prisma } from '../lib/db.js'

/**
 * The platform drops without a word what one app sends one member beyond 30 messages a minute and 1,000 an hour
 * (official page 90236). A little under that, so that the edges of its windows and a message whose fate nobody knows
 * don't matter. Changing a card in place is no message.
 */
const most = [
  { perMs: 60_000, count: 28 },
  { perMs: 3_600_000, count: 950 },
]

/**
 * SQL: the lane of row `o` may take one more message at `machine`, or the row is no message of WeCom's: a person's lane is
 * theirs there, and what DingTalk allows a second its client keeps (channels/dingtalk/limit.ts). Counted from the rows that
 * were called, so it holds for all workers and across restarts. What has to wait keeps its place, and its lane's order.
 * An index look-up each: the row that many messages ago is asked for its time. The kinds stand in the SQL as they do in
 * the index (outbox_sent), or it would not be used.
 */
export function withinPace(machine: Date): Prisma.Sql {
  const full = most.map(({ perMs, count }) => {
    const since = new Date(machine.getTime() - perMs)
    return Prisma.sql`EXISTS (
      SELECT 1 FROM outbox sent
      WHERE sent.lane = o.lane AND sent.kind IN ('send-card', 'send-text') AND sent.called_at > ${since}
      ORDER BY sent.called_at DESC OFFSET ${count - 1} LIMIT 1)`
  })
  return Prisma.sql`(o.kind NOT IN ('send-card', 'send-text') OR o.lane NOT LIKE 'person:%' OR NOT (${Prisma.join(full, ' OR ')}))`
}
