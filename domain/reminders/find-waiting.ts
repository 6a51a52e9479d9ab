import { Prisma, type Reader } from '../../lib/db.js'
import type { Actor } from '../person/actor.js'

type Me = Pick<Actor, 'personId' | 'roles'>

/**
 * SQL: the ids of what is open and somebody's own affair: they hold it, they were told and nobody has moved it on since, or a
 * 已处理 waits for their word. A union, so that each branch takes its own index however many reminders there are.
 */
export const concerning = ({ personId, roles }: Me, now: Date): Prisma.Sql => Prisma.sql`
  SELECT r.id FROM reminder r WHERE r.person_id = ${personId}::uuid AND r.state = 'open' AND r.started_at <= ${now}
  UNION
  SELECT n.reminder_id FROM notice n JOIN reminder r ON r.id = n.reminder_id AND r.state = 'open'
  WHERE n.person_id = ${personId}::uuid AND n.state = 'said' AND n.say_at <= ${now} AND NOT EXISTS (
    SELECT 1 FROM reminder_act a
    WHERE a.reminder_id = n.reminder_id AND a.act IN ('hand-over', 'take-over', 'push-back') AND a.at >= n.say_at)
  UNION
  ${toJudge({ personId, roles })}`

/** SQL: those whose 已处理 waits for this person: their manager's, or nobody's in particular and so every sales manager's. */
const toJudge = ({ personId, roles }: Me): Prisma.Sql => Prisma.sql`
  SELECT r.id FROM person p JOIN reminder r ON r.person_id = p.id AND r.state = 'open' AND r.claimed_at IS NOT NULL
  WHERE p.manager_id = ${personId}::uuid OR (p.manager_id IS NULL AND ${roles.includes('manager')})`

/** SQL: something was said of `r`, or would have been had it not been held back. */
export const wasSaid = (now: Date) => Prisma.sql`EXISTS (
  SELECT 1 FROM notice n WHERE n.reminder_id = r.id AND (n.state = 'waiting' OR (n.state = 'said' AND n.say_at <= ${now})))`

/**
 * How many matters wait for this person now: not what is still to come, and not what waits for somebody else's word. Shown on
 * the entry and on the workbench; shown is not said.
 */
export async function countBadge(db: Reader, me: Me, now: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM reminder r WHERE r.id IN (${concerning(me, now)})
      AND (r.claimed_at IS NULL OR r.id IN (${toJudge(me)}))
      AND (r.person_id <> ${me.personId}::uuid OR r.claimed_at IS NOT NULL OR ${wasSaid(now)} OR r.held_why IS NOT NULL)`
  return Number(row?.count ?? 0)
}
