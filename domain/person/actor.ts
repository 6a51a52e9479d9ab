import type { Prisma, Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { type Role, role } from './person.contract.js'

/** Who acts. Every read of customers' business takes one; there is no unscoped finder. */
export type Actor = { personId: string; name: string; roles: Role[]; teamId: string | null }

export async function getActor(db: Reader, personId: string): Promise<Actor> {
  const person = await db.person.findUnique({
    where: { id: personId },
    select: { id: true, name: true, roles: true, teamId: true, leftAt: true },
  })
  if (!person || person.leftAt) throw new Refused('not-a-member', '你的账号已停用，请联系管理员', 403)
  return { personId: person.id, name: person.name, roles: person.roles.filter(isRole), teamId: person.teamId }
}

export const isRole = (value: string): value is Role => role.safeParse(value).success

/** A rep sees their own customers, a lead the team's, a manager and an administrator all; others none by this door. */
export function visibleTo(actor: Actor): Prisma.CustomerWhereInput {
  if (actor.roles.includes('manager') || actor.roles.includes('admin')) return {}
  if (actor.roles.includes('lead') && actor.teamId)
    return { OR: [{ ownerId: actor.personId }, { owner: { teamId: actor.teamId } }] }
  return { ownerId: actor.personId }
}

/** A contact is seen through its customer, and by whoever of ours knows them. */
export function contactVisibleTo(actor: Actor): Prisma.ContactWhereInput {
  const seen = visibleTo(actor)
  if (Object.keys(seen).length === 0) return {}
  return { OR: [{ customer: seen }, { follows: { some: { personId: actor.personId } } }] }
}

/** What was said with a contact: all of it to who sees the customer, else only what the actor took part in or sat beside. */
export function messageVisibleTo(actor: Actor): Prisma.MessageWhereInput {
  const seen = visibleTo(actor)
  if (Object.keys(seen).length === 0) return {}
  const sitsIn = { members: { some: { personId: actor.personId, leftAt: null } } }
  return { OR: [{ personId: actor.personId }, { contact: { customer: seen } }, { group: { OR: [sitsIn, { customer: seen }] } }] }
}

/** A requirement is seen through its customer, and by whoever sees one of its changes. */
export function requirementVisibleTo(actor: Actor): Prisma.RequirementWhereInput {
  const seen = visibleTo(actor)
  if (Object.keys(seen).length === 0) return {}
  return { OR: [{ customer: seen }, { changes: { some: changeVisibleTo(actor) } }] }
}

/** Who was asked about a change sees that change, whoever owns the customer. */
export function changeVisibleTo(actor: Actor): Prisma.RequirementChangeWhereInput {
  const seen = visibleTo(actor)
  if (Object.keys(seen).length === 0) return {}
  return {
    OR: [
      { requirement: { customer: seen } },
      { capturedById: actor.personId },
      { asks: { some: { card: { copies: { some: { personId: actor.personId } } } } } },
    ],
  }
}
