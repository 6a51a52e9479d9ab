import { Prisma } from '../../lib/db.js'
import type { Actor } from '../person/actor.js'

/** SQL over «c», a contact: the same as `contactVisibleTo(actor)`, for questions that Prisma can't put. */
export function contactsSeen({ personId, roles, teamId }: Actor): Prisma.Sql {
  if (roles.includes('manager') || roles.includes('admin')) return Prisma.sql`TRUE`
  const team = roles.includes('lead') && teamId ? Prisma.sql`OR owner.team_id = ${teamId}::uuid` : Prisma.empty
  return Prisma.sql`(
    EXISTS (SELECT 1 FROM customer LEFT JOIN person owner ON owner.id = customer.owner_id
      WHERE customer.id = c.customer_id AND (customer.owner_id = ${personId}::uuid ${team}))
    OR EXISTS (SELECT 1 FROM follow WHERE follow.contact_id = c.id AND follow.person_id = ${personId}::uuid))`
}
