import { Prisma } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { atMinute, type Week } from '../../lib/working-days.js'
import { KIND } from '../first-contact/clock.js'
import type { Actor } from '../person/actor.js'
import { addDays, dayNumber, dayTable, dueOf } from './clock-days.js'

export const mayLook = ({ roles }: Pick<Actor, 'roles'>): boolean =>
  roles.some((role) => role === 'manager' || role === 'admin' || role === 'lead')

/** Whose first contacts somebody may look into: a manager and an administrator all, a lead the team's and their own people's. */
export function assertLooks(actor: Actor): void {
  if (!mayLook(actor)) throw new Refused('not-yours', '这一页归主管和经理看', 403)
}

/** SQL over «person», for any report by rep. */
export function inTeam(actor: Actor): Prisma.Sql {
  if (actor.roles.includes('manager') || actor.roles.includes('admin')) return Prisma.sql`true`
  const team = actor.teamId ? Prisma.sql`OR person.team_id = ${actor.teamId}::uuid` : Prisma.empty
  return Prisma.sql`(person.id = ${actor.personId}::uuid OR person.manager_id = ${actor.personId}::uuid ${team})`
}

/** So much of the 24 hours was left at least when we heard of it, or it came late: the last card to a rep goes out then. */
const CHANCE = Prisma.sql`interval '4 hours'`

export type Counting = { actor: Actor; days: string[]; week: Week; now: Date }

/**
 * SQL: every first contact of these days whose clock ran, with `due`, `outcome` and, for a leak, `reason`.
 *
 * A first contact counts from its own moment (`at`), whenever we heard of it. Those that seemed to belong to a customer of
 * ours at some time (known) and those that proved to be another (merged) have no clock from there and don't count.
 * - `running`: its 24 hours aren't over, whatever came of it so far.
 * - `opportunity`: one was made by the end of the 24 hours. `settled`: by then somebody said 不是客户, 老客户的新联系人 or
 *   先养着, which is a reason, also where it is open again since. What was undone was never said.
 * - `leaked`: neither. `reason`, the first that holds: `late`: less than 4 of the 24 hours were left when we heard of it.
 *   `idle`: the rep was seen after we heard of it and before the end (opened a page, pressed, wrote), or a channel that gives
 *   receipts proved that its reminder arrived, and nothing was done. `unreached`: no sign of either.
 */
export function counted({ actor, days, week, now }: Counting): Prisma.Sql {
  return Prisma.sql`
    SELECT c.*, CASE WHEN outcome <> 'leaked' THEN NULL
      WHEN heard_at > due - ${CHANCE} THEN 'late'
      WHEN rep_active_at <= due OR ${arrived} THEN 'idle' ELSE 'unreached' END AS reason
    FROM (SELECT f.*, CASE WHEN due > ${now} THEN 'running'
        WHEN put_off_at <= due AND put_off_at <= coalesce(closed_at, put_off_at) THEN 'settled'
        WHEN closed_at <= due THEN CASE WHEN state = 'opportunity' THEN 'opportunity' ELSE 'settled' END
        ELSE 'leaked' END AS outcome
      FROM (SELECT fc.id, fc.contact_id, fc.person_id, fc.source, fc.channel, fc.at, fc.heard_at, fc.rep_active_at, fc.state, fc.closed_at,
          day.week, ${dueOf(Prisma.sql`fc.at`)} AS due, ${putOffAt} AS put_off_at
        FROM first_contact fc
        JOIN ${dayTable(days, week)} ON day.number = ${dayNumber(days, Prisma.sql`fc.at`)}
        JOIN person ON person.id = fc.person_id
        WHERE fc.at >= ${atMinute(days[0] as string, 0)} AND fc.at < ${atMinute(addDays(days.at(-1) as string, 1), 0)}
          AND fc.state NOT IN ('known', 'merged') AND NOT ${wasKnown} AND ${inTeam(actor)}) AS f) AS c`
}

// What stood before each act that holds lies in `before`, one inside the other.
const wasKnown = Prisma.sql`(fc.before IS NOT NULL AND jsonb_path_exists(fc.before, '$.**.standing ? (@.state == "known")'))`
const putOffAt = Prisma.sql`(CASE WHEN fc.before IS NOT NULL THEN (SELECT min((s->>'closedAt')::timestamptz)
  FROM jsonb_path_query(fc.before, '$.**.standing ? (@.state == "nurturing")') AS s) END)`

/** Asked only of those that leaked while nobody saw the rep; by reminder(kind, subject). */
const arrived = Prisma.sql`EXISTS (
  SELECT 1 FROM reminder r JOIN notice n ON n.reminder_id = r.id AND n.person_id = c.person_id
  JOIN card_copy k ON k.card_id = n.card_id AND k.person_id = c.person_id
  WHERE r.kind = ${KIND} AND r.subject = 'first-contact:' || c.id AND k.state = 'delivered' AND k.state_at <= c.due)`
