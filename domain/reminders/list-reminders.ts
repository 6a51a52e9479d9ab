import * as z from 'zod/mini'
import { Prisma, type Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import type { Actor } from '../person/actor.js'
import { reminderKinds } from './find-kind.js'
import { concerning, wasSaid } from './find-waiting.js'
import type { ReminderList, ReminderShow } from './reminder.contract.js'
import { viewRows } from './view-rows.js'

const PAGE = 30

const place = z.tuple([z.int(), z.int(), z.uuid()])
type Place = z.infer<typeof place>
type Listed = { id: string; rank: number; at: Date }
type Ask = { show: ReminderShow; after: string | null; now: Date }

/**
 * One page of a person's reminders. 我的: what waits for them, longest first, then what is still to come; 团队: all that is open
 * below them; 试运行: what they would have been told; 已了结: newest first. The place where a page ended is kept by what it
 * was ordered by, so that rows which come and go meanwhile neither repeat nor vanish.
 */
export async function listReminders(db: Reader, actor: Actor, { show, after, now }: Ask): Promise<ReminderList> {
  const shows = showsOf(actor)
  if (!shows.includes(show)) throw new Refused('not-yours', '这一页归主管和经理看', 403)
  const kinds = reminderKinds().map((kind) => kind.name)
  const from = after === null ? null : readPlace(after)
  // Raw: a rank that is worked out, and a page that begins behind it.
  const found = await db.$queryRaw<Listed[]>`
    SELECT id, rank, at FROM (${listed(show, actor, now)}) AS listed
    WHERE kind = ANY(${kinds}::text[]) ${from ? behind(from) : Prisma.empty}
    ORDER BY rank, at, id LIMIT ${PAGE + 1}`
  const page = found.slice(0, PAGE)
  const viewed = await viewRows(
    db,
    actor,
    page.map((row) => row.id),
    { now },
  )
  const last = page.at(-1)
  return {
    me: actor.personId,
    rows: viewed.map(({ row }) => row),
    next: found.length > PAGE && last ? writePlace([last.rank, Math.floor(Number(last.at)), last.id]) : null,
    shows,
    maySet: actor.roles.some((role) => role === 'manager' || role === 'admin'),
  }
}

const leads = (actor: Actor) => actor.roles.includes('manager') || actor.roles.includes('lead')

export const showsOf = (actor: Actor): ReminderShow[] =>
  leads(actor) ? ['mine', 'team', 'trial', 'settled'] : ['mine', 'settled']

/** Milliseconds, so that they go through the page and back unchanged. */
const ms = (column: Prisma.Sql) => Prisma.sql`(extract(epoch FROM ${column}) * 1000)::bigint`

function listed(show: ReminderShow, actor: Actor, now: Date): Prisma.Sql {
  const me = actor.personId
  switch (show) {
    case 'mine':
      return Prisma.sql`
        SELECT r.id, r.kind, o.rank, ${ms(Prisma.sql`CASE WHEN o.rank = 0 THEN r.started_at ELSE coalesce(r.due_at, r.started_at) END`)} AS at
        FROM reminder r, LATERAL (SELECT CASE WHEN r.person_id = ${me}::uuid AND r.claimed_at IS NULL AND r.held_why IS NULL
          AND NOT ${wasSaid(now)} THEN 1 ELSE 0 END AS rank) AS o
        WHERE r.id IN (${concerning(actor, now)})`
    case 'team':
      return Prisma.sql`
        SELECT r.id, r.kind, 0 AS rank, ${ms(Prisma.sql`r.started_at`)} AS at FROM reminder r
        WHERE r.state = 'open' AND r.started_at <= ${now} AND r.kind <> ALL(${ownKinds()}::text[]) AND r.person_id IN (${below(actor)})`
    case 'trial':
      return Prisma.sql`
        SELECT r.id, r.kind, 0 AS rank, -${ms(Prisma.sql`max(n.say_at)`)} AS at FROM notice n JOIN reminder r ON r.id = n.reminder_id
        WHERE n.person_id = ${me}::uuid AND n.state = 'would' GROUP BY r.id`
    case 'settled':
      return Prisma.sql`
        SELECT r.id, r.kind, 0 AS rank, -${ms(Prisma.sql`r.settled_at`)} AS at FROM reminder r WHERE r.state = 'settled' AND r.id IN (
          SELECT id FROM reminder WHERE person_id = ${me}::uuid AND state = 'settled'
          UNION SELECT reminder_id FROM notice WHERE person_id = ${me}::uuid AND state = 'said'
          ${leads(actor) ? Prisma.sql`UNION SELECT id FROM reminder WHERE state = 'settled' AND kind <> ALL(${ownKinds()}::text[]) AND person_id IN (${below(actor)})` : Prisma.empty})`
  }
}

/** A note to self is not the team's. */
const ownKinds = () => reminderKinds().flatMap((kind) => (kind.own ? [kind.name] : []))

/** SQL: whose matters a lead or a manager looks after. */
function below({ personId, roles, teamId }: Actor): Prisma.Sql {
  if (roles.includes('manager')) return Prisma.sql`SELECT id FROM person`
  const team = roles.includes('lead') && teamId ? Prisma.sql`OR team_id = ${teamId}::uuid` : Prisma.empty
  return Prisma.sql`SELECT id FROM person WHERE manager_id = ${personId}::uuid ${team}`
}

const behind = ([rank, at, id]: Place) => Prisma.sql`AND (rank, at, id) > (${rank}::int, ${at}::bigint, ${id}::uuid)`

const writePlace = (at: Place) => Buffer.from(JSON.stringify(at)).toString('base64url')

function readPlace(after: string): Place {
  let told: unknown = null
  try {
    told = JSON.parse(Buffer.from(after, 'base64url').toString())
  } catch {
    // Falls through to the refusal.
  }
  const parsed = place.safeParse(told)
  if (!parsed.success) throw new Refused('bad-place', '请刷新后再看')
  return parsed.data
}
