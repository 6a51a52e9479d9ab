import type { Prisma } from '../../lib/db.js'
import { type Actor, visibleTo } from '../person/actor.js'

/** A group is seen by those of ours who sit in it or own it, and by whoever sees the customer that it is tied to. */
export function groupVisibleTo(actor: Actor): Prisma.GroupWhereInput {
  const seen = visibleTo(actor)
  if (Object.keys(seen).length === 0) return {}
  return {
    OR: [{ ownerId: actor.personId }, { members: { some: { personId: actor.personId, leftAt: null } } }, { customer: seen }],
  }
}
