import { Prisma, type Reader } from '../../lib/db.js'
import type { Actor } from '../person/actor.js'

/** Whom it is asked of: one who acts, or a column of a query about many. */
type Who = { personId: string | Prisma.Sql; isManager: boolean | Prisma.Sql }
type Me = Pick<Actor, 'personId' | 'roles'>
const whoIs = ({ personId, roles }: Me): Who => ({ personId, isManager: roles.includes('manager') })

/**
 * SQL: the ids of what is open and somebody's own affair: they hold it, they were told and nobody has moved it on since, or a
 * 已处理 waits for their word. A union, so that each branch takes its own index however many reminders there are.
 */
export const concerning = (me: Me, now: Date): Prisma.Sql => affairsOf(whoIs(me), now)

const affairsOf = (who: Who, now: Date): Prisma.Sql => Prisma.sql`
  SELECT r.id FROM reminder r WHERE r.person_id = ${who.personId}::uuid AND r.state = 'open' AND r.started_at <= ${now}
  UNION
  SELECT n.reminder_id FROM notice n JOIN reminder r ON r.id = n.reminder_id AND r.state = 'open'
  WHERE n.person_id = ${who.personId}::uuid AND n.state = 'said' AND n.say_at <= ${now} AND NOT EXISTS (
    SELECT 1 FROM reminder_act a
    WHERE a.reminder_id = n.reminder_id AND a.act IN ('hand-over', 'take-over', 'push-back') AND a.at >= n.say_at)
  UNION
  ${toJudge(who)}`

/** SQL: those whose 已处理 waits for this person: their manager's, or nobody's in particular and so every sales manager's. */
const toJudge = ({ personId, isManager }: Who): Prisma.Sql => Prisma.sql`
  SELECT r.id FROM person p JOIN reminder r ON r.person_id = p.id AND r.state = 'open' AND r.claimed_at IS NOT NULL
  WHERE p.manager_id = ${personId}::uuid OR (p.manager_id IS NULL AND ${isManager})`

/** SQL: something was said of `r`, or would have been had it not been held back. */
export const wasSaid = (now: Date) => Prisma.sql`EXISTS (
  SELECT 1 FROM notice n WHERE n.reminder_id = r.id AND (n.state = 'waiting' OR (n.state = 'said' AND n.say_at <= ${now})))`

/** SQL: how many matters wait for this person now: not what is still to come, and not what waits for somebody else's word. */
const waiting = (who: Who, now: Date) => Prisma.sql`
  SELECT count(*)::int FROM reminder r WHERE r.id IN (${affairsOf(who, now)})
    AND (r.claimed_at IS NULL OR r.id IN (${toJudge(who)}))
    AND (r.person_id <> ${who.personId}::uuid OR r.claimed_at IS NOT NULL OR ${wasSaid(now)} OR r.held_why IS NOT NULL)`

/** How many matters wait for this person now. Shown on the entry and on the workbench; shown is not said. */
export async function countBadge(db: Reader, me: Me, now: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ waiting: number }[]>`SELECT (${waiting(whoIs(me), now)}) AS waiting`
  return row?.waiting ?? 0
}

export type Badge = { id: string; waiting: number; asks: number }

/** The same for many in one question, and beside it how many questions wait for their answer (domain/requirement/list-waiting.ts). */
export const countBadges = (db: Reader, personIds: string[], now: Date): Promise<Badge[]> => {
  const who = { personId: Prisma.sql`me.id`, isManager: Prisma.sql`'manager' = ANY(me.roles)` }
  return db.$queryRaw<Badge[]>`
    SELECT me.id, (${waiting(who, now)}) AS waiting, (
      SELECT count(DISTINCT a.id)::int FROM card_copy c
      JOIN ask a ON a.card_id = c.card_id AND a.answered_at IS NULL AND a.closed_at IS NULL
      JOIN requirement_change q ON q.id = a.change_id AND q.undo_until <= ${now}
      WHERE c.person_id = me.id) AS asks
    FROM person me WHERE me.id = ANY(${personIds}::uuid[])`
}
