import * as z from 'zod/mini'
import { Prisma, type Reader } from '../../lib/db.js'
import { mayLook } from '../leak/counted.js'
import type { Actor } from '../person/actor.js'
import { readPlace, writePlace } from '../place.js'
import { KIND } from './clock.js'
import type { FirstContactList } from './first-contact.contract.js'
import { viewFirstContacts } from './view.js'

const PAGE = 30
const place = z.tuple([z.int(), z.int(), z.uuid()])

/**
 * 新客户: what waits for a tap, those with a clock first and among them the one with the least time. A rep's own, and those that
 * they were handed; of a lead the team's, of a manager all. `after` is what the page before ended with.
 */
export async function listFirstContacts(
  db: Reader,
  actor: Actor,
  { after }: { after: string | null; now: Date },
): Promise<FirstContactList> {
  const from = after === null ? null : readPlace(place, after)
  const waiting = whatWaits(actor)
  // Raw: a holder that may have changed, and a page that begins behind its place.
  const found = await db.$queryRaw<{ id: string; rank: number; at: bigint }[]>`
    SELECT id, rank, at FROM (${waiting}) AS waiting ${
      from ? Prisma.sql`WHERE (rank, at, id) > (${from[0]}::int, ${from[1]}::bigint, ${from[2]}::uuid)` : Prisma.empty
    } ORDER BY rank, at, id LIMIT ${PAGE + 1}`
  const page = found.slice(0, PAGE)
  const last = page.at(-1)
  return {
    me: actor.personId,
    rows: await viewFirstContacts(
      db,
      page.map(({ id }) => id),
    ),
    next: found.length > PAGE && last ? writePlace([last.rank, Number(last.at), last.id]) : null,
    total: await count(db, waiting),
    looksAtLeaks: mayLook(actor),
  }
}

/** How many wait for this person's own tap: the number on the entry to their list. */
export const countFirstContacts = (db: Reader, { personId }: Pick<Actor, 'personId'>): Promise<number> =>
  count(db, whatWaits({ personId, roles: [], teamId: null }))

async function count(db: Reader, waiting: Prisma.Sql): Promise<number> {
  const [row] = await db.$queryRaw<{ count: bigint }[]>`SELECT count(*) FROM (${waiting}) AS waiting`
  return Number(row?.count ?? 0)
}

const whatWaits = (actor: Pick<Actor, 'personId' | 'roles' | 'teamId'>) => Prisma.sql`
  SELECT f.id, CASE WHEN f.state = 'open' THEN 0 ELSE 1 END AS rank, (extract(epoch FROM f.at) * 1000)::bigint AS at
  FROM first_contact f JOIN contact c ON c.id = f.contact_id
  LEFT JOIN reminder r ON r.kind = ${KIND} AND r.subject = 'first-contact:' || f.id AND r.state = 'open'
  WHERE (f.state = 'open' OR (f.state = 'known' AND f.proposed_customer_id IS NOT NULL AND c.customer_id IS NULL))
    AND ${whose(actor)}`

function whose({ personId, roles, teamId }: Pick<Actor, 'personId' | 'roles' | 'teamId'>): Prisma.Sql {
  if (roles.includes('manager')) return Prisma.sql`TRUE`
  const mine = Prisma.sql`coalesce(r.person_id, f.person_id) = ${personId}::uuid`
  if (!roles.includes('lead')) return mine
  const team = teamId ? Prisma.sql`OR p.team_id = ${teamId}::uuid` : Prisma.empty
  return Prisma.sql`(${mine} OR coalesce(r.person_id, f.person_id) IN (
    SELECT p.id FROM person p WHERE p.manager_id = ${personId}::uuid ${team}))`
}
