import type { Prisma, Reader } from '../../lib/db.js'
import { type Actor, visibleTo } from '../person/actor.js'
import { reminderKinds } from './find-kind.js'

/** Who is in on it: whose it is, who was told or did something about it, and those above. */
function concerns(actor: Actor): Prisma.ReminderWhereInput {
  if (actor.roles.includes('manager') || actor.roles.includes('admin')) return {}
  const own = [
    { personId: actor.personId },
    { person: { managerId: actor.personId } },
    { notices: { some: { personId: actor.personId, state: { in: ['said' as const, 'waiting' as const] } } } },
    // Also after it was handed over: what became of it is theirs to know.
    { acts: { some: { personId: actor.personId } } },
  ]
  if (actor.roles.includes('lead') && actor.teamId) return { OR: [...own, { person: { teamId: actor.teamId } }] }
  return { OR: own }
}

/** They, and whoever sees the customer; a note to self stays with who is in on it. */
export function reminderVisibleTo(actor: Actor): Prisma.ReminderWhereInput {
  const concerned = concerns(actor)
  if (Object.keys(concerned).length === 0) return {}
  const own = reminderKinds().filter((kind) => kind.own)
  return { OR: [concerned, { kind: { notIn: own.map((kind) => kind.name) }, customer: visibleTo(actor) }] }
}

/** Who may do something about it is who is in on it; to see the customer is not enough. */
export const mayAct = async (db: Reader, actor: Actor, { id }: { id: string }): Promise<boolean> =>
  (await db.reminder.count({ where: { AND: [{ id }, concerns(actor)] } })) > 0
