import type { Reader } from '../../../lib/db.js'
import type { Actor } from '../../person/actor.js'

/** Their own manager or the lead of their team, any sales manager; an organisation without one is not stuck. */
export async function isAbove(db: Reader, actor: Actor, personId: string): Promise<boolean> {
  const select = { id: true, managerId: true, teamId: true }
  return standsAbove(actor, await db.person.findUnique({ where: { id: personId }, select }))
}

export function standsAbove(
  actor: Actor,
  person: { id: string; managerId: string | null; teamId: string | null } | null,
): boolean {
  if (actor.roles.includes('manager')) return true
  if (person?.managerId === actor.personId) return true
  return actor.roles.includes('lead') && actor.teamId !== null && person?.teamId === actor.teamId && actor.personId !== person.id
}
