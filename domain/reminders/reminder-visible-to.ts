import type { Prisma, Reader } from '../../lib/db.js'
import type { Actor } from '../person/actor.js'

/** A rep sees what is theirs to do and what they were told; a lead the team's, a manager and an administrator all. */
export function reminderVisibleTo(actor: Actor): Prisma.ReminderWhereInput {
  if (actor.roles.includes('manager') || actor.roles.includes('admin')) return {}
  const own = [
    { personId: actor.personId },
    { notices: { some: { personId: actor.personId, state: { in: ['said' as const, 'waiting' as const] } } } },
  ]
  if (actor.roles.includes('lead') && actor.teamId) return { OR: [...own, { person: { teamId: actor.teamId } }] }
  return { OR: own }
}

/** Who may do something about it is who sees it. */
export const mayAct = async (db: Reader, actor: Actor, { id }: { id: string }): Promise<boolean> =>
  (await db.reminder.count({ where: { AND: [{ id }, reminderVisibleTo(actor)] } })) > 0
